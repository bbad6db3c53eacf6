import { cityNames } from '../place/names.ts';
import { foldWithMap } from './fold.ts';

/** The parts of a company's name, folded. 杭州海康威视电子股份有限公司上海分公司 → 杭州 | 海康威视 | 电子 | 股份有限公司 | 上海分公司 */
export interface CompanyParts {
  region: string;
  /** What tells the company from others: the name without place, trade and legal form. Never empty for a non-empty name. */
  core: string;
  trade: string;
  legal: string;
  branch: string;
  /** Where core and legal form begin in the folded name (equal to its length where there is no legal form). */
  coreStart: number;
  legalStart: number;
}

/** Legal forms and kinds of house, folded; longest first when matched. */
const LEGAL = (
  '股份有限公司 有限责任公司 集团股份有限公司 集团有限公司 集团有限责任公司 控股有限公司 控股集团有限公司 股份公司 有限公司 总公司 集团公司 公司 集团 ' +
  '有限合伙 普通合伙 特殊普通合伙 合伙企业有限合伙 合伙企业普通合伙 合伙企业 个人独资企业 个人独资 股份合作公司 农民专业合作社 专业合作社 合作社 ' +
  '事务所 研究院 研究所 工作室 经营部 营业部 服务部 门市部 商行 总厂 工厂 厂 店 中心 有限责任会计师事务所 律师事务所 会计师事务所 ' +
  '股份有限 有限责任'
)
  .split(' ')
  .sort((a, b) => b.length - a.length);

const LATIN_LEGAL =
  /(?:[\s,]+(?:co|company|corp|corporation|inc|incorporated|llc|l\.l\.c|llp|lp|ltd|limited|plc|gmbh|ag|kg|s\.?a|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|oy|ab|a\/s|pty|pte|k\.?k|holdings?|group)\.?,?)+$/;

/** Trades that stand between the own name and the legal form. */
const TRADES = new Set(
  (
    '科技 网络科技 信息科技 电子科技 生物科技 新材料科技 智能科技 环保科技 信息技术 网络技术 科技发展 技术 网络 信息 电子 电子商务 软件 智能 数字 ' +
    '通信 通讯 计算机 系统 贸易 商贸 工贸 经贸 进出口 进出口贸易 国际贸易 国际 实业 实业发展 发展 投资 投资管理 资产管理 管理 企业管理 咨询 管理咨询 ' +
    '企业管理咨询 控股 资本 基金 金融 保险 银行 证券 传媒 文化 文化传媒 文化传播 传播 广告 影视 教育 教育科技 培训 旅游 酒店 酒店管理 餐饮 餐饮管理 ' +
    '食品 农业 农业科技 农产品 粮油 生物 生物技术 医药 药业 制药 医疗 医疗器械 医疗科技 健康 健康管理 化工 化学 材料 新材料 塑料 橡胶 金属 钢铁 五金 ' +
    '机械 机械设备 设备 机电 机电设备 制造 工业 重工 装备 仪器 仪表 自动化 电气 电器 电力 能源 新能源 环保 环境 建设 建筑 建筑工程 建材 工程 装饰 ' +
    '装饰工程 装修 设计 园林 地产 房地产 房地产开发 置业 物业 物业管理 物业服务 开发 物流 运输 供应链 供应链管理 货运 汽车 汽车销售 汽车服务 汽配 ' +
    '服饰 服装 纺织 鞋业 皮具 珠宝 家具 家居 家电 日用品 化妆品 包装 印刷 造纸 纸业 玩具 体育 户外 人力资源 劳务 劳务派遣 安防 安全 检测 检测技术 ' +
    '服务 商务 商务服务 销售 营销 集团 产业 电商 百货 超市 连锁 光电 半导体 微电子 激光 照明 电缆 电池 光伏 石油 矿业 煤炭 水务 燃气 热力'
  ).split(' '),
);
const LONGEST_TRADE = 6;
const LONGEST_REGION = 12;
const BRANCH =
  /(?:第?[一二三四五六七八九十0-9]{0,3})(?:分公司|分厂|分店|分行|支行|支公司|办事处|代表处|营业厅|分部|项目部)$/;

/**
 * Splits a company's name into its parts for ranking and for finding likely duplicates. What remains as core is never
 * shorter than two characters as long as the name is not: in 杭州银行 杭州 is the core, because 银行 alone names nobody.
 */
export function companyCore(name: string): CompanyParts {
  const known = recent.get(name);
  if (known) return known;
  if (recent.size >= RECENT) recent.clear();
  const parts = splitCompany(name);
  recent.set(name, parts);
  return parts;
}

/** A record's name is split for its search tokens and for its duplicates, in bulk one soon after the other. */
const recent = new Map<string, CompanyParts>();
const RECENT = 10_000;

function splitCompany(name: string): CompanyParts {
  const { text, map, breaks } = foldWithMap(name);
  if (text === '')
    return { region: '', core: '', trade: '', legal: '', branch: '', coreStart: 0, legalStart: 0 };
  if (!/[\u3400-\u9fff]/.test(text)) return latinParts(name, text, map);
  const { end, branch } = splitBranch(text);
  const legal = legalAtEnd(text, end);
  const legalStart = end - legal.length;
  let start = 0;
  let trade = '';
  let core = '';
  // As much place is taken away as leaves a name: of 北京朝阳科技 only 北京, of 杭州银行 nothing.
  for (start of [...regionEnds(text, legalStart).reverse(), 0]) {
    trade = tradeAtEnd(text, start, legalStart);
    core = text.slice(start, legalStart - trade.length);
    if (core.length >= 2 && !TRADES.has(core)) break;
  }
  // 海康（杭州）科技: a place in brackets is no part of the own name.
  const bracketed = core.length > 2 ? bracketedRegion(core, start, breaks) : '';
  if (bracketed) core = core.slice(0, -bracketed.length);
  if (core === '') core = trade || legal || text;
  return {
    region: text.slice(0, start) + bracketed,
    core,
    trade,
    legal,
    branch,
    coreStart: start,
    legalStart,
  };
}

function splitBranch(text: string): { end: number; branch: string } {
  if (!BRANCH.test(text)) return { end: text.length, branch: '' };
  const at = text.lastIndexOf('公司', text.length - 4);
  if (at > 0) return { end: at + 2, branch: text.slice(at + 2) };
  return { end: text.length, branch: '' };
}

function legalAtEnd(text: string, end: number): string {
  for (const form of LEGAL)
    if (end - form.length >= 1 && text.startsWith(form, end - form.length)) return form;
  return '';
}

/** The lengths of the places that begin with two characters, longest first: most texts are no place after one look. */
let lengths: Map<string, number[]> | undefined;

function placeLengths(): Map<string, number[]> {
  if (!lengths) {
    lengths = new Map();
    for (const name of [...cityNames()].sort((a, b) => b.length - a.length)) {
      const head = name.slice(0, 2);
      const known = lengths.get(head) ?? [];
      if (!known.includes(name.length)) lengths.set(head, [...known, name.length]);
    }
  }
  return lengths;
}

/** Where places at the head end: 浙江省杭州市西湖区 gives three positions. A place never takes all of the name. */
function regionEnds(text: string, limit: number): number[] {
  const names = cityNames();
  const ends: number[] = [];
  for (let from = 0; ends.length < 3; from = ends.at(-1)!) {
    const most = Math.min(LONGEST_REGION, limit - from - 1);
    const length = placeLengths()
      .get(text.slice(from, from + 2))
      ?.find((each) => each <= most && names.has(text.slice(from, from + each)));
    if (length === undefined) break;
    ends.push(from + length);
  }
  return ends;
}

function tradeAtEnd(text: string, start: number, end: number): string {
  let from = end;
  for (;;) {
    let found = 0;
    for (let length = Math.min(LONGEST_TRADE, from - start - 2); length >= 2; length -= 1)
      if (TRADES.has(text.slice(from - length, from))) {
        found = length;
        break;
      }
    if (found === 0) return text.slice(from, end);
    from -= found;
  }
}

function bracketedRegion(core: string, start: number, breaks: Set<number>): string {
  for (let length = Math.min(LONGEST_REGION, core.length - 2); length >= 2; length -= 1) {
    const tail = core.slice(-length);
    const from = start + core.length - length;
    if (cityNames().has(tail) && breaks.has(from) && breaks.has(from + length)) return tail;
  }
  return '';
}

function latinParts(name: string, text: string, map: number[]): CompanyParts {
  const lower = name.normalize('NFKC').toLowerCase().trimEnd();
  const form = LATIN_LEGAL.exec(lower.replace(/\s+/g, ' '))?.[0] ?? '';
  const letters = form.replace(/\s/g, '');
  const legalStart =
    map.length > letters.length && text.endsWith(letters) ? text.length - letters.length : text.length;
  const core = text.slice(0, legalStart).replace(/[,.\s]+$/, '') || text;
  return { region: '', core, trade: '', legal: text.slice(legalStart), branch: '', coreStart: 0, legalStart };
}

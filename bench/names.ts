import { readFileSync } from 'node:fs';

/** A stream of numbers that is the same at every run (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SHORT = readFileSync(new URL('./data/short-names.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');
/** Cities with their provinces; the first ones are frequent, as in life. */
const CITIES =
  '上海:上海 北京:北京 深圳:广东 广州:广东 杭州:浙江 苏州:江苏 成都:四川 宁波:浙江 武汉:湖北 南京:江苏 重庆:重庆 天津:天津 青岛:山东 长沙:湖南 西安:陕西 郑州:河南 东莞:广东 佛山:广东 无锡:江苏 合肥:安徽 厦门:福建 温州:浙江 济南:山东 大连:辽宁 沈阳:辽宁 福州:福建 泉州:福建 昆明:云南 南昌:江西 石家庄:河北 贵阳:贵州 南宁:广西 太原:山西 长春:吉林 哈尔滨:黑龙江 烟台:山东 常州:江苏 嘉兴:浙江 绍兴:浙江 台州:浙江'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]);
const TRADES =
  '电子 科技 机械 贸易 物流 餐饮管理 建材 医药 服饰 汽车服务 食品 化工 软件 信息技术 文化传播 装饰工程 新能源 环保 家居 包装'.split(
    ' ',
  );
const FORMS = ['有限公司', '有限公司', '有限公司', '有限责任公司', '股份有限公司', '集团有限公司'];
const INDUSTRIES = [
  'manufacturing',
  'trade',
  'software',
  'construction',
  'logistics',
  'catering',
  'medical',
  'education',
  'finance',
];
const SOURCES = ['referral', 'exhibition', 'website', 'phone', 'advertising', 'douyin', 'wechat'];

export interface Company {
  name: string;
  short: string;
  city: string;
  province: string;
  phone: string;
  email: string;
  taxNumber: string;
  industry: string;
  source: string;
}

const DIGITS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A 统一社会信用代码 with a valid check character (GB 32100). */
export function taxNumberOf(body: string): string {
  const sum = [...body].reduce((total, char, index) => total + DIGITS.indexOf(char) * (3 ** index % 31), 0);
  return body + DIGITS[(31 - (sum % 31)) % 31];
}

/** Company number `index`: always the same, all different in name and numbers. */
export function companyAt(index: number): Company {
  const random = randomOf(index * 7919 + 17);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const [city, province] = CITIES[Math.floor(random() ** 2 * CITIES.length)] as [string, string];
  const short = `${SHORT[index % SHORT.length]}${index >= SHORT.length ? pick(SHORT).slice(0, 2) : ''}`;
  const number = String(100_000_000 + ((index * 48_271) % 900_000_000));
  return {
    name: `${random() < 0.85 ? city : ''}${short}${pick(TRADES)}${pick(FORMS)}`,
    short,
    city,
    province,
    phone: `1${pick(['38', '39', '50', '58', '86', '77', '33'])}${String((index * 7_654_321 + 1234) % 100_000_000).padStart(8, '0')}`,
    email: random() < 0.4 ? `info${index}@corp${index % 977}.com` : '',
    taxNumber: taxNumberOf(`91330100${number.slice(0, 9)}`),
    industry: pick(INDUSTRIES),
    source: pick(SOURCES),
  };
}

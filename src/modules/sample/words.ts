/** The words of which the sample company is made. All invented; any likeness to real companies or people is chance. */

export const departments: { name: string; parent?: string; region?: string }[] = [
  { name: '总经理办公室' },
  { name: '销售中心' },
  { name: '华东销售部', parent: '销售中心', region: '华东' },
  { name: '华南销售部', parent: '销售中心', region: '华南' },
  { name: '华北销售部', parent: '销售中心', region: '华北' },
  { name: '市场部' },
  { name: '客户服务部' },
  { name: '财务部' },
];

/** How many people work in each department, the first one leading it. */
export const staff: Record<string, { count: number; lead: string; title: string }> = {
  总经理办公室: { count: 3, lead: '总经理', title: '总经理助理' },
  销售中心: { count: 2, lead: '销售总监', title: '销售运营' },
  华东销售部: { count: 9, lead: '华东大区经理', title: '客户经理' },
  华南销售部: { count: 7, lead: '华南大区经理', title: '客户经理' },
  华北销售部: { count: 7, lead: '华北大区经理', title: '客户经理' },
  市场部: { count: 4, lead: '市场经理', title: '市场专员' },
  客户服务部: { count: 5, lead: '客服主管', title: '客服专员' },
  财务部: { count: 3, lead: '财务经理', title: '会计' },
};

export const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单仇',
  '欧阳',
  '尉迟',
  '司马',
];
export const givenNames =
  '伟 芳 娜 敏 静 丽 强 磊 洋 艳 勇 军 杰 娟 涛 明 超 秀英 霞 平 刚 桂英 建国 志强 晓东 雪梅 文博 子涵 佳琪 浩然 思远 雨桐 海燕 国庆 春梅 立新 庆华 玉兰 丹 宁 鹏 婷 琳 凯 健 俊 欣 晨 岚 越'.split(
    ' ',
  );

const first = [...'海天瑞恒正宏华润永鼎信德嘉盛龙凯众远锦博安中联新东方金泰广汇'];
const second = [...'康达信源通和盈茂昌宇诚丰科晟力特格美利隆睿杰彤雅'];
/** Two-character names of companies, each once. */
export const shortNames = first.flatMap((head) => second.map((tail) => head + tail));

export interface Region {
  department: string;
  cities: { city: string; province: string; area: string; districts: string[] }[];
}

const city = (name: string, province: string, area: string, districts: string) => ({
  city: `${name}市`,
  province,
  area,
  districts: districts.split(' '),
});

export const regions: Region[] = [
  {
    department: '华东销售部',
    cities: [
      city('杭州', '浙江省', '0571', '滨江区 西湖区 余杭区 萧山区'),
      city('宁波', '浙江省', '0574', '鄞州区 北仑区 海曙区'),
      city('苏州', '江苏省', '0512', '姑苏区 虎丘区 吴中区'),
      city('南京', '江苏省', '025', '江宁区 鼓楼区 建邺区'),
      city('上海', '上海市', '021', '浦东新区 闵行区 松江区 嘉定区'),
      city('合肥', '安徽省', '0551', '蜀山区 包河区'),
    ],
  },
  {
    department: '华南销售部',
    cities: [
      city('广州', '广东省', '020', '天河区 黄埔区 番禺区'),
      city('深圳', '广东省', '0755', '南山区 宝安区 龙岗区'),
      city('佛山', '广东省', '0757', '顺德区 南海区'),
      city('厦门', '福建省', '0592', '湖里区 思明区'),
      city('长沙', '湖南省', '0731', '岳麓区 雨花区'),
    ],
  },
  {
    department: '华北销售部',
    cities: [
      city('北京', '北京市', '010', '海淀区 朝阳区 大兴区'),
      city('天津', '天津市', '022', '南开区 西青区'),
      city('青岛', '山东省', '0532', '崂山区 黄岛区'),
      city('济南', '山东省', '0531', '历下区 历城区'),
      city('西安', '陕西省', '029', '雁塔区 未央区'),
    ],
  },
];

export const trades: { word: string; industry: string }[] = [
  { word: '电子', industry: 'manufacturing' },
  { word: '机械', industry: 'manufacturing' },
  { word: '精密仪器', industry: 'manufacturing' },
  { word: '贸易', industry: 'trade' },
  { word: '软件', industry: 'software' },
  { word: '信息技术', industry: 'software' },
  { word: '建材', industry: 'construction' },
  { word: '物流', industry: 'logistics' },
  { word: '餐饮管理', industry: 'catering' },
  { word: '医疗器械', industry: 'medical' },
  { word: '医药', industry: 'medical' },
  { word: '教育咨询', industry: 'education' },
];
export const legalForms = ['有限公司', '有限公司', '有限公司', '有限责任公司', '股份有限公司'];
export const streets = '科技路 人民路 中山路 文三路 创新大道 工业园二路 迎宾大道 建设路 长江路 学院路'.split(
  ' ',
);
export const sizes = ['micro', 'small', 'small', 'medium', 'large'];
export const sources = ['referral', 'exhibition', 'website', 'phone', 'wechat', 'douyin', 'partner'];
export const jobTitles =
  '采购经理 采购总监 总经理 副总经理 技术主管 设备部经理 财务经理 行政主管 运营总监'.split(' ');
export const tags: [string, string][] = [
  ['重点客户', 'zhu'],
  ['月结', 'dai'],
  ['价格敏感', 'teng'],
  ['老带新', 'song'],
  ['年度框架', 'dai'],
  ['展会认识', 'ink'],
  ['有竞争对手', 'zhu'],
  ['长期合作', 'song'],
];
export const products: { name: string; code: string; series: string; price: string; unit: string }[] = [
  { name: '温控模块 T1', code: 'T1-100', series: '温控', price: '1280.00', unit: 'piece' },
  { name: '温控模块 T2 Pro', code: 'T2-200', series: '温控', price: '2680.00', unit: 'piece' },
  { name: '温控柜', code: 'TC-800', series: '温控', price: '18600.00', unit: 'set' },
  { name: '压力传感器', code: 'P-10', series: '传感', price: '460.00', unit: 'piece' },
  { name: '流量传感器', code: 'P-20', series: '传感', price: '780.00', unit: 'piece' },
  { name: '激光位移传感器', code: 'P-90', series: '传感', price: '3950.00', unit: 'piece' },
  { name: '数据采集网关', code: 'G-4', series: '网关', price: '5200.00', unit: 'set' },
  { name: '边缘计算盒', code: 'G-8', series: '网关', price: '9800.00', unit: 'set' },
  { name: '监控软件（年）', code: 'S-1Y', series: '软件', price: '12000.00', unit: 'set' },
  { name: '现场安装', code: 'V-IN', series: '服务', price: '600.00', unit: 'hour' },
  { name: '年度校准', code: 'V-CA', series: '服务', price: '2400.00', unit: 'set' },
  { name: '备件包', code: 'V-SP', series: '服务', price: '860.00', unit: 'box' },
];

export interface Story {
  kind: string;
  subject: string;
  content: string;
  next?: string;
}

/** What happens with a customer; `{who}` is one of his people, `{product}` a product. */
export const stories: Story[] = [
  {
    kind: 'call',
    subject: '首次电话',
    content: '介绍了公司和{product}，{who}表示有兴趣，让先发资料。',
    next: '发产品资料并约时间拜访',
  },
  {
    kind: 'visit',
    subject: '拜访{who}',
    content: '到现场看了产线，{who}说明年上半年要扩产，需要{product}。付款习惯月结 30 天。',
    next: '带报价再访',
  },
  { kind: 'mail', subject: '发送{product}资料', content: '按{who}的要求发了技术参数和两家同行案例。' },
  {
    kind: 'call',
    subject: '跟进报价',
    content: '{who}觉得{product}价格偏高，在和另一家比较；答应周五前给回复。',
    next: '准备第二版报价',
  },
  {
    kind: 'meeting',
    subject: '技术交流会',
    content: '与{who}及其技术部开会，确认接口和交期，提出两点改进要求。',
    next: '技术部给出改进方案',
  },
  { kind: 'message', subject: '微信沟通', content: '{who}问{product}的交货期，回复现货三天内发。' },
  { kind: 'visit', subject: '售后回访', content: '{product}运行正常，{who}满意；建议加一个备件包。' },
  {
    kind: 'note',
    subject: '了解到的情况',
    content: '客户换了财务经理，付款流程要重新走一遍；{who}仍负责采购。',
  },
  { kind: 'call', subject: '催款电话', content: '与{who}核对了上月对账单，答应本周付清。', next: '确认到账' },
  { kind: 'visit', subject: '节日拜访', content: '给{who}送了贺卡，聊到孩子今年上大学。' },
];

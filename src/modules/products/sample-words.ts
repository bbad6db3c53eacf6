/** The catalogue of the sample company. All invented. */

export interface SampleProduct {
  name: string;
  code: string;
  category: string;
  price?: string;
  cost?: string;
  unit?: string;
  specification?: string;
  brand?: string;
  /** The name of a tax rate; the standard one, if none is told. */
  tax?: string;
  /** Without its check digit. */
  barcode?: string;
  attributes?: string;
  bundle?: 'fixed' | 'sum';
  bundleDiscount?: string;
  active?: boolean;
}

/** Name and what it is within. */
export const categories: readonly (readonly [string, string?])[] = [
  ['硬件'],
  ['温控设备', '硬件'],
  ['传感器', '硬件'],
  ['网关', '硬件'],
  ['配件', '硬件'],
  ['软件'],
  ['服务'],
  ['套餐'],
];

/** What is told of the products every sample company has, by their codes. */
export const details: Readonly<Record<string, Partial<SampleProduct>>> = {
  'T1-100': {
    category: '温控设备',
    cost: '742.00',
    specification: '单路 PID，-50～400℃',
    brand: '云杉',
    barcode: '690123400101',
  },
  'T2-200': {
    category: '温控设备',
    cost: '1480.00',
    specification: '四路 PID，RS485',
    brand: '云杉',
    barcode: '690123400102',
  },
  'TC-800': { category: '温控设备', cost: '11800.00', specification: '8 路，380V，含触摸屏', brand: '云杉' },
  'P-10': { category: '传感器', cost: '231.00', brand: '云杉', barcode: '690123400110' },
  'P-20': {
    category: '传感器',
    cost: '415.00',
    specification: 'DN25，4–20mA',
    brand: '云杉',
    barcode: '690123400120',
  },
  'P-90': {
    category: '传感器',
    cost: '2260.00',
    specification: '量程 90mm，精度 ±2μm',
    brand: '云杉',
    barcode: '690123400190',
  },
  'G-4': { category: '网关', cost: '2980.00', specification: '4 串口，4G', brand: '云杉' },
  'G-8': { category: '网关', cost: '5600.00', specification: '8 核，16G，工业级', brand: '云杉' },
  'S-1Y': { category: '软件', cost: '1800.00', tax: '13%' },
  'V-IN': { category: '服务', cost: '260.00', tax: '9%' },
  'V-CA': { category: '服务', cost: '900.00', tax: '6%' },
  'V-SP': { category: '配件', cost: '420.00', specification: '保险丝、端子、密封圈' },
};

/** Further products; `of` is the code of a variant's main product. */
export const further: readonly (SampleProduct & { of?: string })[] = [
  {
    name: '温度探头',
    code: 'TP',
    category: '传感器',
    price: '86.00',
    cost: '31.00',
    brand: '云杉',
    attributes: '分度：K，PT100；长度：100mm，200mm',
  },
  {
    name: '温度探头 K 100mm',
    code: 'TP-K-100',
    category: '传感器',
    of: 'TP',
    attributes: '分度：K；长度：100mm',
    barcode: '690123400201',
  },
  {
    name: '温度探头 K 200mm',
    code: 'TP-K-200',
    category: '传感器',
    of: 'TP',
    attributes: '分度：K；长度：200mm',
    price: '98.00',
    cost: '36.00',
    barcode: '690123400202',
  },
  {
    name: '温度探头 PT100 100mm',
    code: 'TP-P-100',
    category: '传感器',
    of: 'TP',
    attributes: '分度：PT100；长度：100mm',
    price: '118.00',
    cost: '47.00',
    barcode: '690123400203',
  },
  {
    name: '温度探头 PT100 200mm',
    code: 'TP-P-200',
    category: '传感器',
    of: 'TP',
    attributes: '分度：PT100；长度：200mm',
    price: '132.00',
    cost: '52.00',
    barcode: '690123400204',
  },
  {
    name: '屏蔽信号线',
    code: 'C-2',
    category: '配件',
    price: '4.60',
    cost: '2.10',
    unit: 'metre',
    specification: '2×0.75 屏蔽',
  },
  {
    name: '固态继电器',
    code: 'SSR-40',
    category: '配件',
    price: '65.00',
    cost: '28.00',
    specification: '40A，直流控交流',
    barcode: '690123400301',
  },
  { name: '触摸屏 7 寸', code: 'HMI-7', category: '配件', price: '980.00', cost: '560.00', unit: 'device' },
  {
    name: '触摸屏 5 寸',
    code: 'HMI-5',
    category: '配件',
    price: '690.00',
    cost: '410.00',
    unit: 'device',
    active: false,
  },
  {
    name: '远程运维（年）',
    code: 'V-RM',
    category: '服务',
    price: '6800.00',
    cost: '2100.00',
    unit: 'year',
    tax: '6%',
  },
  {
    name: '操作培训',
    code: 'V-TR',
    category: '服务',
    price: '1500.00',
    cost: '600.00',
    unit: 'day',
    tax: '6%',
  },
  {
    name: '产线温控改造包',
    code: 'K-LINE',
    category: '套餐',
    unit: 'set',
    bundle: 'sum',
    bundleDiscount: '8',
  },
  { name: '入门监测套装', code: 'K-START', category: '套餐', unit: 'set', bundle: 'fixed', price: '7980.00' },
];

export const units: readonly { code: string; unit: string; factor: string; barcode?: string }[] = [
  { code: 'P-10', unit: 'box', factor: '20', barcode: '1690123400110' },
  { code: 'P-20', unit: 'box', factor: '12', barcode: '1690123400120' },
  { code: 'SSR-40', unit: 'box', factor: '50' },
  { code: 'C-2', unit: 'roll', factor: '100' },
  { code: 'TP', unit: 'box', factor: '25' },
];

export const bundles: readonly { bundle: string; part: string; quantity: string }[] = [
  { bundle: 'K-LINE', part: 'T2-200', quantity: '4' },
  { bundle: 'K-LINE', part: 'TP-P-200', quantity: '8' },
  { bundle: 'K-LINE', part: 'G-4', quantity: '1' },
  { bundle: 'K-LINE', part: 'V-IN', quantity: '16' },
  { bundle: 'K-START', part: 'G-4', quantity: '1' },
  { bundle: 'K-START', part: 'P-10', quantity: '4' },
  { bundle: 'K-START', part: 'V-TR', quantity: '1' },
];

/** Code, price, from quantity, minimum, unit. */
type Price = readonly [string, string, string?, string?, string?];

export interface SampleBook {
  name: string;
  currency?: string;
  taxIncluded?: boolean;
  priority?: number;
  grades?: string[];
  regions?: string[];
  channel?: string;
  prices: readonly Price[];
}

export const books: readonly SampleBook[] = [
  {
    name: '标准价格表',
    prices: [
      ['T1-100', '1280.00', '1', '1090.00'],
      ['T1-100', '1180.00', '10', '1050.00'],
      ['T1-100', '1090.00', '50', '990.00'],
      ['T2-200', '2680.00', '1', '2280.00'],
      ['T2-200', '2480.00', '10', '2180.00'],
      ['TC-800', '18600.00', '1', '16500.00'],
      ['P-10', '460.00', '1', '390.00'],
      ['P-10', '8400.00', '1', '7600.00', 'box'],
      ['P-20', '780.00', '1', '660.00'],
      ['P-90', '3950.00', '1', '3450.00'],
      ['TP', '86.00'],
      ['TP', '79.00', '50'],
      ['G-4', '5200.00', '1', '4600.00'],
      ['G-8', '9800.00', '1', '8800.00'],
      ['S-1Y', '12000.00', '1', '9600.00'],
      ['V-IN', '600.00'],
      ['V-SP', '860.00'],
    ],
  },
  {
    name: 'VIP 价格表',
    grades: ['VIP'],
    priority: 10,
    prices: [
      ['T1-100', '1150.00', '1', '1020.00'],
      ['T2-200', '2390.00', '1', '2120.00'],
      ['TC-800', '17200.00', '1', '15900.00'],
      ['P-10', '415.00', '1', '370.00'],
      ['G-4', '4780.00', '1', '4400.00'],
      ['S-1Y', '10800.00', '1', '9200.00'],
    ],
  },
  {
    name: '经销价格表',
    channel: 'dealer',
    taxIncluded: false,
    prices: [
      ['T1-100', '880.00', '1', '840.00'],
      ['T2-200', '1820.00', '1', '1760.00'],
      ['P-10', '305.00', '20', '290.00'],
      ['P-20', '520.00', '12', '495.00'],
      ['SSR-40', '42.00', '50', '39.00'],
    ],
  },
  {
    name: 'Export price list',
    currency: 'USD',
    taxIncluded: false,
    prices: [
      ['T1-100', '168.00'],
      ['T2-200', '352.00'],
      ['TC-800', '2450.00'],
      ['P-90', '520.00'],
      ['G-8', '1290.00'],
    ],
  },
];

export const rules: readonly { bought: string[]; offer: string; because: string; afterDays?: number }[] = [
  {
    bought: ['T1-100', 'T2-200', 'TC-800'],
    offer: 'V-CA',
    because: '满一年要校准，检定证书才有效',
    afterDays: 330,
  },
  { bought: ['G-4', 'G-8'], offer: 'S-1Y', because: '网关采上来的数据要有地方看' },
  { bought: ['TC-800'], offer: 'V-SP', because: '停机一天的损失远大于一个备件包' },
  { bought: ['S-1Y'], offer: 'V-RM', because: '软件用起来后，我们替他盯着' },
];

/** Ways goods take to who uses them: from us, or through a partner of a kind. */
export const CHANNELS = ['direct', 'dealer', 'agent', 'retailer'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a line of a plan is for; what it does not name is all. */
export interface Cut {
  product: string | null;
  category: string | null;
  area: string | null;
  channel: string | null;
  partner: string | null;
}

export const CUT = ['product', 'category', 'area', 'channel', 'partner'] as const;

/** A text that two lines for the same have in common. A named partner has its channel by itself. */
export const cutKey = ({ product, category, area, channel, partner }: Cut): string =>
  [product ?? category ?? '', area ?? '', partner ?? channel ?? ''].join('|');

/** 大区, the parts of the country business is divided by, with the short names of their provinces. */
export const AREAS: Readonly<Record<string, readonly string[]>> = {
  华北: ['北京', '天津', '河北', '山西', '内蒙古'],
  东北: ['辽宁', '吉林', '黑龙江'],
  华东: ['上海', '江苏', '浙江', '安徽', '福建', '江西', '山东', '台湾'],
  华中: ['河南', '湖北', '湖南'],
  华南: ['广东', '广西', '海南', '香港', '澳门'],
  西南: ['重庆', '四川', '贵州', '云南', '西藏'],
  西北: ['陕西', '甘肃', '青海', '宁夏', '新疆'],
};

const PROVINCES: ReadonlySet<string> = new Set(Object.values(AREAS).flat());
const ENDING = /(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|大区|地区)$/;

/** An area as it is kept: 浙江 for 浙江省, 华东 for 华东大区; null where there is none of that name. */
export function areaNamed(text: string): string | null {
  const bare = text.trim().replace(ENDING, '');
  return PROVINCES.has(bare) || bare in AREAS ? bare : null;
}

/** The provinces an area is made of. */
export const provincesOf = (area: string): readonly string[] => AREAS[area] ?? [area];

/** The part of the country a province lies in. */
export const areaOf = (province: string): string | null =>
  Object.entries(AREAS).find(([, provinces]) => provinces.includes(province))?.[0] ?? null;

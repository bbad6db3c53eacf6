import { areaList } from '@vant/area-data';
import { ALIASES, DISSOLVED, MERGED_DISTRICTS, SPLIT_DISTRICTS, WITHOUT_DISTRICTS } from './changed.ts';

/** One unit of 省市区 as people see it. `level`: 1 province, 2 city, 3 district. */
export interface RegionNode {
  /** Six digits of 民政部's code table. */
  code: string;
  name: string;
  /** The name without 省, 市, 区, 自治州 …: 杭州, 内蒙古, 恩施. */
  short: string;
  level: 1 | 2 | 3;
  parent?: RegionNode;
  children: RegionNode[];
}

interface Index {
  provinces: RegionNode[];
  byCode: Map<string, RegionNode>;
  /** Full and short names, each to every unit that bears it. */
  byName: Map<string, RegionNode[]>;
}

const ETHNIC =
  '蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|' +
  '布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|裕固|保安|独龙|鄂伦春|各';
const NATIONALITIES = new RegExp(`(?:(?:${ETHNIC})族)+$`);
const SPECIAL: Record<string, string> = {
  内蒙古自治区: '内蒙古',
  广西壮族自治区: '广西',
  西藏自治区: '西藏',
  宁夏回族自治区: '宁夏',
  新疆维吾尔自治区: '新疆',
  香港特别行政区: '香港',
  澳门特别行政区: '澳门',
  克孜勒苏柯尔克孜自治州: '克孜勒苏',
  巴音郭楞蒙古自治州: '巴音郭楞',
  博尔塔拉蒙古自治州: '博尔塔拉',
  海西蒙古族藏族自治州: '海西',
  伊犁哈萨克自治州: '伊犁',
};

/** 杭州市 → 杭州, 恩施土家族苗族自治州 → 恩施; 沙县 keeps its 县 because one character alone is no name. */
export function shortRegionName(name: string): string {
  // A name may be any text people wrote, also one that every object answers to.
  const special = Object.hasOwn(SPECIAL, name) ? SPECIAL[name] : undefined;
  if (special) return special;
  const bare = name.replace(/(?:自治州|自治县|自治旗|特别行政区|林区|新区|地区|省|市|区|县|盟|旗)$/, '');
  const short = /自治[州县旗]$/.test(name) ? bare.replace(NATIONALITIES, '') : bare;
  return Array.from(short).length >= 2 ? short : name;
}

let index: Index | undefined;

/** Codes of development zones and statistical remainders (…70–80, …90 and up) are no districts of the code table. */
function isDistrict(code: string, name: string): boolean {
  if (DISSOLVED.has(code) || WITHOUT_DISTRICTS.has(code.slice(0, 4))) return false;
  if (code[0]! >= '7') return name !== '其它区';
  const last = Number(code.slice(4));
  return (
    last > 1 &&
    (last < 70 || last > 80) &&
    last < 90 &&
    !/(?:镇|街道|乡|市辖区|其它区|管理区|开发区)$/.test(name)
  );
}

function build(): Index {
  const byCode = new Map<string, RegionNode>();
  const provinces: RegionNode[] = [];
  const add = (code: string, name: string, level: 1 | 2 | 3, parent?: RegionNode): RegionNode => {
    const node: RegionNode = { code, name, short: shortRegionName(name), level, parent, children: [] };
    byCode.set(code, node);
    (parent?.children ?? provinces).push(node);
    return node;
  };
  for (const [code, name] of Object.entries(areaList.province_list)) add(code, name, 1);
  const hidden = new Map<string, RegionNode>();
  for (const [code, name] of Object.entries(areaList.city_list)) {
    const province = byCode.get(`${code.slice(0, 2)}0000`)!;
    // 直辖市, the special regions and 省直辖县 have no middle level in what people see.
    const middleless = name === province.name || /直辖|^县$/.test(name) || /^8[12]/.test(code);
    if (middleless) hidden.set(code.slice(0, 4), province);
    else add(code, name, 2, province);
  }
  for (const [code, name] of Object.entries(areaList.county_list)) {
    const direct = hidden.get(code.slice(0, 4));
    const underProvince = direct !== undefined && code.slice(2, 4) === '90';
    if (underProvince) add(code, name, 2, direct);
    else if (direct || isDistrict(code, name)) {
      const parent = direct ?? byCode.get(`${code.slice(0, 4)}00`);
      if (parent && !/^(?:市辖区|其它区)$/.test(name)) add(code, name, 3, parent);
    }
  }
  const byName = new Map<string, RegionNode[]>();
  for (const node of byCode.values())
    for (const name of new Set([node.name, node.short]))
      byName.set(name, [...(byName.get(name) ?? []), node]);
  for (const [alias, name] of Object.entries(ALIASES)) byName.set(alias, byName.get(name) ?? []);
  return { provinces, byCode, byName };
}

/** The tree of the current code table; built on first use (about 3,200 units). */
export function regions(): Index {
  index ??= build();
  return index;
}

export interface RegionInput {
  province?: string | null;
  city?: string | null;
  district?: string | null;
}

export interface RegionMatch {
  province?: RegionNode;
  city?: RegionNode;
  district?: RegionNode;
  /** The written district no longer exists and has become the found one. */
  renamedFrom?: string;
  /** What was written and cannot be placed: unknown, in another province, or a district that was split. */
  problems: {
    field: 'province' | 'city' | 'district';
    code: 'unknown_region' | 'ambiguous_region' | 'split_district';
  }[];
}

const within = (node: RegionNode, above: RegionNode | undefined): boolean =>
  !above || node === above || (node.parent !== undefined && within(node.parent, above));

function ofLevel(
  name: string,
  above: RegionNode | undefined,
  accepts: (node: RegionNode) => boolean,
): RegionNode[] {
  const found = (regions().byName.get(name.trim()) ?? []).filter(
    (node) => within(node, above) && accepts(node),
  );
  const exact = found.filter((node) => node.name === name.trim());
  return exact.length > 0 ? exact : found;
}

/** Whether people see the unit where they expect a city: cities, and the four 直辖市 with the special regions. */
const cityLike = (node: RegionNode): boolean =>
  node.level === 2 ||
  (node.level === 1 && node.children.length > 0 && node.children.every((child) => child.level === 3));

/**
 * Places what people wrote. Names may be full or short, 直辖市 may stand as province or city or both, a county-level city
 * (昆山) may stand as city. Nothing is guessed: several candidates or none give a problem and leave the field open.
 */
export function findRegion(input: RegionInput): RegionMatch {
  const match: RegionMatch = { problems: [] };
  const problem = (field: 'province' | 'city' | 'district', found: RegionNode[]) =>
    match.problems.push({ field, code: found.length > 1 ? 'ambiguous_region' : 'unknown_region' });
  if (input.province?.trim()) {
    const found = ofLevel(input.province, undefined, (node) => node.level === 1);
    if (found.length === 1) match.province = found[0];
    else problem('province', found);
  }
  if (input.city?.trim() && !/^(?:市辖区|县)$/.test(input.city.trim())) {
    // 海南 and 吉林 without a province may be the province or the city.
    const cities = ofLevel(
      input.city,
      match.province,
      (node) => cityLike(node) || (node.level === 1 && !match.province),
    );
    const found =
      cities.length > 0 ? cities : ofLevel(input.city, match.province, (node) => node.level === 3);
    if (found.length === 1) place(match, found[0]!);
    else problem('city', found);
  }
  if (input.district?.trim()) {
    const above = match.district ? undefined : (match.city ?? match.province);
    const found = ofLevel(input.district, above, (node) => node.level === 3);
    if (found.length === 1) place(match, found[0]!);
    else if (found.length === 0) placeChanged(match, input.district.trim());
    else problem('district', found);
  }
  return match;
}

function place(match: RegionMatch, node: RegionNode): void {
  if (node.level === 3) {
    match.district = node;
    place(match, node.parent!);
  } else if (node.level === 2) {
    match.city = node;
    match.province = node.parent!;
  } else match.province = node;
}

function placeChanged(match: RegionMatch, written: string): void {
  const above = match.city ?? match.province;
  const name = written.replace(/(?:区|县|市)$/, '');
  const merged = MERGED_DISTRICTS.find(
    (change) =>
      change.old.replace(/(?:区|县|市)$/, '') === name &&
      (!above || within(regions().byCode.get(change.code) ?? above, above)),
  );
  const node = merged && regions().byCode.get(merged.code);
  if (node) {
    place(match, node);
    match.renamedFrom = merged.old;
    return;
  }
  const split = SPLIT_DISTRICTS.some(
    (change) =>
      change.old.startsWith(name) && (!above || change.city.startsWith(above.code.replace(/(?:00)+$/, ''))),
  );
  match.problems.push({ field: 'district', code: split ? 'split_district' : 'unknown_region' });
}

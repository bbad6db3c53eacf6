import { ALIASES } from './changed.ts';
import { findRegion, type RegionMatch, type RegionNode, regions, shortRegionName } from './regions.ts';

/**
 * All ways of writing the city that `name` means, itself first: a filter on 杭州 also finds 杭州市 and the other way
 * round. An unknown name stands alone.
 */
export function cityAliases(name: string): string[] {
  const written = name.trim();
  const nodes = regions().byName.get(written) ?? [];
  const also = nodes.flatMap((node) => [
    node.name,
    node.short,
    ...Object.keys(ALIASES).filter((alias) => ALIASES[alias] === node.name),
  ]);
  return [...new Set([written, ...also])];
}

/** 杭州市 → 杭州; the form under which a city is indexed. */
export function shortCityName(name: string): string {
  return shortRegionName(name.trim());
}

let prefixes: Set<string> | undefined;

/**
 * Names of provinces, cities and county-level cities, full and short, as they stand at the head of company names. Districts
 * proper (朝阳区) are left out except with their 区 or 县: their short forms are too often words of a name.
 */
export function cityNames(): ReadonlySet<string> {
  if (!prefixes) {
    prefixes = new Set(['中国']);
    for (const node of regions().byCode.values()) {
      prefixes.add(node.name);
      if (node.level < 3 || node.name.endsWith('市')) prefixes.add(node.short);
    }
    for (const alias of Object.keys(ALIASES)) prefixes.add(alias);
  }
  return prefixes;
}

export interface Place {
  /** The name that records store. */
  name: string;
  code: string;
  children?: Place[];
}

let tree: Place[] | undefined;

/** The choices of 省市区 for forms. 直辖市 have their districts directly below. */
export function placeTree(): Place[] {
  const place = (node: RegionNode): Place => ({
    name: node.name,
    code: node.code,
    ...(node.children.length > 0 && { children: node.children.map(place) }),
  });
  tree ??= regions().provinces.map(place);
  return tree;
}

/** 省市区 at the beginning of an address (浙江省杭州市西湖区文三路1号); undefined where nothing is recognised. */
export function regionFromAddress(address: string): (RegionMatch & { rest: string }) | undefined {
  let rest = address.replace(/\s/g, '').replace(/^中国/, '');
  const named: string[] = [];
  for (let level = 0; level < 3; level += 1) {
    const name = longestHead(rest, named.length > 0);
    if (!name) break;
    named.push(name);
    rest = rest.slice(name.length);
  }
  if (named.length === 0) return undefined;
  let best: RegionMatch | undefined;
  for (const guess of arrangements(named)) {
    const match = findRegion(guess);
    if (match.problems.length === 0 && (match.province || match.city)) {
      best = match;
      break;
    }
  }
  return best && { ...best, rest };
}

const LONGEST_NAME = 15;

/** A short name counts at the head (杭州文三路), below another place only a full one (西湖区, not 西湖). */
function longestHead(text: string, below: boolean): string | undefined {
  const { byName } = regions();
  for (let length = Math.min(LONGEST_NAME, text.length); length >= 2; length -= 1) {
    const head = text.slice(0, length);
    const nodes = byName.get(head);
    if (nodes?.some((node) => node.name === head || node.level < 3 || !below)) return head;
  }
  return undefined;
}

function arrangements([first, second, third]: string[]): Parameters<typeof findRegion>[0][] {
  if (third) return [{ province: first, city: second, district: third }];
  if (second)
    return [
      { province: first, city: second },
      { province: first, district: second },
      { city: first, district: second },
    ];
  return [{ province: first }, { city: first }, { district: first }];
}

import { hashKey } from './keys.ts';
import type { Profile } from './profile.ts';
import { sorted, sounds } from './similar.ts';

/** Deletions are only told apart where enough is left. */
const SHORTEST = 4;
/** Slips in a place at the head of a name: 杭州, 石家庄. */
const HEAD = 3;

/**
 * Hashes of which two records share at least one when they are worth comparing: of the name in several forms, without any one
 * of its characters, by its sound; of phones, mails, tax number.
 */
export function blockKeys(entity: string, profile: Profile): string[] {
  const texts = [
    ...nameBlocks(profile),
    ...profile.phones.map((phone) => `t${phone}`),
    ...profile.mails.map((mail) => `m${mail}`),
    ...(profile.tax ? [`x${profile.tax}`] : []),
  ];
  return [...new Set(texts)].map((text) => hashKey(`${entity} block ${text}`));
}

function nameBlocks(profile: Profile): string[] {
  const { nameKind, name, stem, core, parent } = profile;
  if (name === '') return [];
  if (nameKind === 'person') return [`n${sounds(name).join(' ')}`, ...(parent ? [`k${parent}`] : [])];
  const blocks = [`f${sorted(name)}`, `p${sounds(stem).join(' ')}`];
  if (nameKind === 'plain') return [...blocks, `d${stem}`, ...without(stem, stem.length)];
  const body = stem.slice(profile.placeLength);
  // Whole among those that lack a character: the other one may be written with one too many.
  const whole = [`d${body}`, `d${stem}`, `s${sorted(stem)}`, `c${core}`, `p${sounds(body).join(' ')}`];
  blocks.push(...whole, ...prefixBlocks(profile));
  if (body.length < SHORTEST) return [...blocks, ...without(stem, stem.length)];
  return [...blocks, ...without(body, body.length), ...(profile.placeLength ? without(stem, HEAD) : [])];
}

/** The text without one of its first `most` characters. */
function without(text: string, most: number): string[] {
  const chars = Array.from(text);
  if (chars.length < SHORTEST) return [];
  return chars.slice(0, most).map((_, at) => `d${chars.toSpliced(at, 1).join('')}`);
}

/** 杭州海康 for 杭州海康威视: the place and the first two characters of the own name. */
function prefixBlocks({ core, places }: Profile): string[] {
  const head = Array.from(core).slice(0, 2).join('');
  return places.map((code) => `a${code.slice(0, 4)}${head}`);
}

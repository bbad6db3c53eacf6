import { placesAgree } from '../place/codes.ts';
import type { Profile } from './profile.ts';
import { isTelling, slipBetween, sorted, sounds } from './similar.ts';

export type ReasonCode =
  | 'tax'
  | 'name'
  | 'legalForm'
  | 'place'
  | 'trade'
  | 'shortName'
  | 'swapped'
  | 'homophone'
  | 'slip'
  | 'phone'
  | 'mail'
  | 'parent'
  /** What speaks against it. */
  | 'otherPlace'
  | 'otherBranch'
  | 'otherTrade'
  | 'otherTax';

/** How sure it is that two records are one, from 0 to 1 (1: equal by a number or full name), and why. */
export interface Judgement {
  certainty: number;
  reasons: ReasonCode[];
}

/** Pairs below this are not shown to anyone. */
export const LEAST = 0.5;
/** Nothing but an equal number or an equal full name is certain. */
const LIKELY = 0.94;
/** Branches are customers of their own. */
const OTHER_HOUSE = 0.4;

const none: Judgement = { certainty: 0, reasons: [] };
const said = (certainty: number, ...reasons: ReasonCode[]): Judgement => ({ certainty, reasons });
const shared = (a: readonly string[], b: readonly string[]) => a.some((each) => b.includes(each));

/** Judges whether two records of a type are the same one. */
export function compare(a: Profile, b: Profile): Judgement {
  const name = a.nameKind === b.nameKind ? compareNames(a, b) : comparePlainNames(a, b);
  const phone = shared(a.phones, b.phones);
  const mail = shared(a.mails, b.mails);
  const tax = a.tax !== null && a.tax === b.tax;
  const reasons: ReasonCode[] = [
    ...(tax ? (['tax'] as const) : []),
    ...name.reasons,
    ...(phone ? (['phone'] as const) : []),
    ...(mail ? (['mail'] as const) : []),
  ];
  if (name.reasons.some((reason) => reason === 'otherBranch' || reason === 'otherPlace'))
    return { certainty: tax ? 0.75 : Math.min(name.certainty, OTHER_HOUSE), reasons };
  if (tax) return { certainty: 1, reasons };
  if (name.certainty === 1) return { certainty: 1, reasons };
  const numbers = (phone ? 0.6 : 0) + (mail ? 0.6 : 0);
  if (a.tax && b.tax) return { certainty: name.certainty * 0.6, reasons: [...reasons, 'otherTax'] };
  const person = a.nameKind === 'person' || b.nameKind === 'person';
  if (numbers && person && a.name === b.name) return { certainty: 1, reasons };
  const certainty = numbers ? combined(name.certainty, Math.min(numbers, 0.8)) : name.certainty;
  return { certainty: Math.min(LIKELY, certainty), reasons };
}

/** An equal phone or mail alone is worth a look; with a name that is alike it says much. */
const combined = (name: number, numbers: number) =>
  name < 0.2 ? Math.max(LEAST, numbers - 0.1) : 1 - (1 - name) * (1 - numbers);

function compareNames(a: Profile, b: Profile): Judgement {
  if (a.name === '' || b.name === '') return none;
  if (a.nameKind === 'company') return compareCompanies(a, b);
  return a.nameKind === 'person' ? comparePeople(a, b) : comparePlainNames(a, b);
}

function comparePeople(a: Profile, b: Profile): Judgement {
  const together = a.parent !== null && a.parent === b.parent;
  if (a.name === b.name) {
    if (together) return said(1, 'name', 'parent');
    return said(a.bears || b.bears ? 0.4 : 0.9, 'name');
  }
  const alike = sounds(a.name).join() === sounds(b.name).join();
  const length = Math.min(Array.from(a.name).length, Array.from(b.name).length);
  if (alike)
    return together ? said(0.75, 'homophone', 'parent') : said(length > 2 ? 0.35 : 0.25, 'homophone');
  const slip = slipBetween(a.name, b.name);
  if (!slip || length < 3) return none;
  return together ? said(0.5, 'slip', 'parent') : said(0.25, 'slip');
}

function comparePlainNames(a: Profile, b: Profile): Judgement {
  if (a.name === b.name) return said(a.bears && b.bears ? 0.6 : 1, 'name');
  const length = Math.min(Array.from(a.name).length, Array.from(b.name).length);
  if (length < 4) return none;
  if (sorted(a.name) === sorted(b.name)) return said(0.7, 'swapped');
  const slip = slipBetween(a.name, b.name);
  if (slip && isTelling(slip)) return none;
  if (sounds(a.name).join() === sounds(b.name).join()) return said(0.75, 'homophone');
  return slip && length >= 5 ? said(0.65, 'slip') : none;
}

function compareCompanies(a: Profile, b: Profile): Judgement {
  if (a.branch !== b.branch) return said(a.core === b.core ? OTHER_HOUSE : 0, 'otherBranch');
  const agree = placesAgree(a.places, b.places);
  if (a.name === b.name) return agree ? said(1, 'name') : said(0.85, 'name');
  const placed = a.places.length > 0 && b.places.length > 0;
  const found = alike(a, b, placed);
  if (agree || found.certainty === 0) return found;
  // A slip within the place makes another place of it, or none.
  return said(Math.min(found.certainty, OTHER_HOUSE), ...found.reasons, 'otherPlace');
}

function alike(a: Profile, b: Profile, placed: boolean): Judgement {
  if (a.stem === b.stem) return said(a.legal && b.legal ? 0.9 : 0.94, 'legalForm');
  const [bodyA, bodyB] = [bodyOf(a), bodyOf(b)];
  const lengthOfCore = Math.min(Array.from(a.core).length, Array.from(b.core).length);
  if (bodyA === bodyB) return said(placed ? 0.93 : lengthOfCore > 2 || a.trade ? 0.85 : 0.65, 'place');
  if (a.core === b.core) return compareTrades(a, b, placed, lengthOfCore);
  if (a.stem.length >= 4 && sorted(a.stem) === sorted(b.stem)) return said(0.86, 'swapped');
  const slip = slipBetween(a.stem, b.stem) ?? slipBetween(bodyA, bodyB);
  if (slip && isTelling(slip)) return said(0.3, 'slip');
  if (sameSound(a.stem, b.stem) || sameSound(bodyA, bodyB)) return homophones(bodyA, bodyB, placed);
  if (slip) return said(slipCertainty(a, b, placed, lengthOfCore), 'slip');
  return shortened(a, b, placed);
}

const bodyOf = ({ stem, placeLength }: Profile) => stem.slice(placeLength);
const sameSound = (a: string, b: string) => sounds(a).join(' ') === sounds(b).join(' ');

function homophones(a: string, b: string, placed: boolean): Judgement {
  const length = Array.from(a).length;
  const wrong = Array.from(a).filter((char, at) => Array.from(b)[at] !== char).length;
  const base = length >= 5 ? 0.88 : length === 4 ? 0.82 : length === 3 ? 0.7 : 0.5;
  return said(base - (wrong > 1 ? 0.1 : 0) - (placed ? 0 : 0.05), 'homophone');
}

function slipCertainty(a: Profile, b: Profile, placed: boolean, lengthOfCore: number): number {
  // Both trades are known words: 电子 and 电器 are two trades, no slip.
  if (a.trade !== b.trade && a.trade && b.trade) {
    const together = Array.from(bodyOf(a)).length;
    return a.core.length !== b.core.length && together >= 6 ? 0.8 : 0.35;
  }
  // Two short names differ by one character easily; worth a look only where all else is alike.
  const allElse = placed && a.trade !== '' && a.trade === b.trade && a.legal === b.legal;
  const base =
    lengthOfCore >= 5 ? 0.87 : lengthOfCore === 4 ? 0.82 : lengthOfCore === 3 ? 0.66 : allElse ? 0.52 : 0.42;
  // Where only one side has a trade the slip stands in the other's.
  const inTrade = Boolean(a.trade) !== Boolean(b.trade) ? 0.15 : 0;
  return Math.min(0.87, base + inTrade) - (placed ? 0 : 0.1);
}

function compareTrades(a: Profile, b: Profile, placed: boolean, lengthOfCore: number): Judgement {
  const firm = (lengthOfCore >= 3 ? 0.08 : 0) + (placed ? 0.05 : 0);
  if (!a.trade || !b.trade) {
    const bare = a.trade ? b : a;
    // A name without trade and legal form is how people call the firm.
    return bare.legal ? said(0.7 + firm, 'trade') : said(0.66 + firm, 'shortName');
  }
  if (a.trade.includes(b.trade) || b.trade.includes(a.trade)) return said(0.7 + firm, 'trade');
  return said(0.35, 'otherTrade');
}

/** 杭州海康 for 杭州海康威视电子有限公司. */
function shortened(a: Profile, b: Profile, placed: boolean): Judgement {
  const [short, long] = a.core.length < b.core.length ? [a, b] : [b, a];
  if (short.legal || (short.trade && short.trade !== long.trade)) return none;
  if (!long.core.startsWith(short.core) || short.core.length < 2 || long.core.length < 4) return none;
  const share = short.core.length / long.core.length;
  return said((placed ? 0.45 : 0.3) + share * 0.25, 'shortName');
}

import type { Row } from '../entity/behaviour.ts';
import type { Entity } from '../entity/types.ts';
import { companyCore } from '../text/company.ts';
import { fold } from '../text/fold.ts';
import { foldMail } from '../text/mail.ts';
import { parsePhones } from '../text/phones.ts';
import { checkTaxNumber } from '../text/tax-number.ts';
import type { DuplicateRule } from './rule.ts';

/** One thing by which a record may be recognised. */
export interface DuplicateKey {
  /** A signed 64-bit hash as text; two different texts share one by chance about once in 10^12 records. */
  key: string;
  kind: string;
  fields: readonly string[];
  certain: boolean;
}

/** A column's value by field name. */
export type ValueOf = (field: string) => unknown;

const WHERE_NAMESAKES: NonNullable<DuplicateRule['namesake']> = { fields: [] };

/** The keys of a record, by the rules its type declares; each key once. */
export function duplicateKeys(
  entity: Entity,
  value: ValueOf,
  options: { certainOnly?: boolean } = {},
): DuplicateKey[] {
  const keys: DuplicateKey[] = [];
  const holds = (condition: DuplicateRule['for']) =>
    condition === undefined || value(condition.field) === condition.value;
  for (const rule of entity.duplicates ?? []) {
    if (!holds(rule.for) || (options.certainOnly && !rule.certain)) continue;
    const { fields, for: whom } = rule.namesake ?? WHERE_NAMESAKES;
    const namesake = fields.length > 0 && holds(whom) && fields.some((field) => isFilled(value(field)));
    const certain = rule.certain === true && !namesake;
    for (const text of textsOf(rule, value)) {
      const key = keyOf(entity.name, rule, text);
      if (!keys.some((known) => known.key === key))
        keys.push({ key, kind: rule.kind, fields: rule.fields, certain });
    }
  }
  return keys;
}

/** The keys of a stored row. */
export const rowKeys = (entity: Entity, row: Row): DuplicateKey[] =>
  duplicateKeys(entity, (field) => row[entity.fields[field]?.column ?? field]);

/** The key under which a name as people write it is looked up; null where the type declares no such rule. */
export function nameKey(entity: Entity, text: string): string | null {
  const rule = entity.duplicates?.find(({ kind, fields }) => kind === 'name' && fields[0] === entity.title);
  const folded = fold(text);
  return rule && folded ? keyOf(entity.name, rule, folded) : null;
}

/**
 * The hash of any text, in the numbers `duplicate_key` holds. Not cryptographic: it is computed some fifteen times for each
 * row of an import, and all anyone could forge with it is a duplicate of his own record.
 */
export function hashKey(text: string): string {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 2654435761);
    high = Math.imul(high ^ code, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return ((BigInt(high) << 32n) | BigInt(low >>> 0)).toString();
}

const keyOf = (entity: string, rule: DuplicateRule, text: string) =>
  hashKey(`${entity} ${rule.kind} ${rule.kind === 'tuple' ? rule.fields.join() : ''} ${text}`);

const isFilled = (value: unknown) =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

function textsOf({ kind, fields }: DuplicateRule, value: ValueOf): string[] {
  if (kind === 'tuple') {
    const parts = fields.map(value);
    return parts.every(isFilled) ? [parts.map((part) => fold(String(part))).join('\n')] : [];
  }
  const written = fields.flatMap((field) => value(field) ?? []).map(String);
  return written.flatMap((text) => comparedForms(kind, text)).filter((text) => text !== '');
}

function comparedForms(kind: DuplicateRule['kind'], text: string): string[] {
  switch (kind) {
    case 'core':
      return [companyCore(text).core];
    case 'tax': {
      const { valid, normalised } = checkTaxNumber(text);
      return valid ? [normalised] : [];
    }
    case 'phone':
      return parsePhones(text).phones.map(({ digits }) => digits);
    case 'mail':
      return [foldMail(text)];
    default:
      return [fold(text)];
  }
}

import type { Row } from '../entity/behaviour.ts';
import type { Entity } from '../entity/types.ts';
import { codesOf, type PlaceCodes } from '../place/codes.ts';
import { companyCore } from '../text/company.ts';
import { fold } from '../text/fold.ts';
import { foldMail } from '../text/mail.ts';
import { parsePhones } from '../text/phones.ts';
import { checkTaxNumber } from '../text/tax-number.ts';
import type { ValueOf } from './keys.ts';
import type { DuplicateRule } from './rule.ts';

/** A company's name, a person's, or that of anything else: each kind of name is compared in its own way. */
export type NameKind = 'company' | 'person' | 'plain';

/** What of a record is compared with others, brought into the form in which it is. */
export interface Profile {
  nameKind: NameKind;
  /** Folded. */
  name: string;
  /** The name without legal form and branch: place, own name and trade. */
  stem: string;
  core: string;
  trade: string;
  legal: string;
  branch: string;
  /** Length of the place at the head of the stem. */
  placeLength: number;
  places: PlaceCodes;
  phones: string[];
  mails: string[];
  tax: string | null;
  /** What the record hangs on, where that and the name together tell who it is. */
  parent: string | null;
  /** Identifying numbers without which namesakes cannot be told apart: codes, phones, mails. */
  bears: boolean;
}

/** The profile of a stored row. */
export const profileOfRow = (entity: Entity, row: Row): Profile =>
  profileOf(entity, (field) => row[entity.fields[field]?.column ?? field]);

const isFilled = (value: unknown) => value !== null && value !== undefined && value !== '';

/** The profile of a record, by the rules its type declares. */
export function profileOf(entity: Entity, value: ValueOf): Profile {
  const rules = (entity.duplicates ?? []).filter(
    (rule) => rule.for === undefined || value(rule.for.field) === rule.for.value,
  );
  const texts = (kind: DuplicateRule['kind']) =>
    rules
      .filter((rule) => rule.kind === kind)
      .flatMap(({ fields }) => fields.flatMap((field) => value(field) ?? []))
      .map(String);
  const written = String(value(entity.title) ?? '');
  const nameKind = nameKindOf(entity, rules, value);
  const parent = rules
    .filter(({ kind, fields }) => kind === 'tuple' && fields.includes(entity.title))
    .flatMap(({ fields }) => fields)
    .find((field) => entity.fields[field]?.to && isFilled(value(field)));
  const tax = texts('tax')
    .map(checkTaxNumber)
    .find(({ valid }) => valid);
  return {
    ...nameParts(nameKind, written),
    nameKind,
    places: placesOf(entity, nameKind, written, value),
    phones: [
      ...new Set(texts('phone').flatMap((text) => parsePhones(text).phones.map(({ digits }) => digits))),
    ],
    mails: [...new Set(texts('mail').map(foldMail).filter(Boolean))],
    tax: tax?.normalised ?? null,
    parent: parent ? String(value(parent)) : null,
    bears: rules.some(({ namesake }) => namesake?.fields.some((field) => isFilled(value(field)))),
  };
}

function nameKindOf(entity: Entity, rules: readonly DuplicateRule[], value: ValueOf): NameKind {
  if (rules.some(({ kind }) => kind === 'core')) return 'company';
  const person = entity.fields[entity.title]?.personName === true || value('kind') === 'person';
  return person ? 'person' : 'plain';
}

type NameParts = Pick<Profile, 'name' | 'stem' | 'core' | 'trade' | 'legal' | 'branch' | 'placeLength'>;

function nameParts(kind: NameKind, written: string): NameParts {
  if (kind !== 'company') {
    const name = fold(written);
    return { name, stem: name, core: name, trade: '', legal: '', branch: '', placeLength: 0 };
  }
  const name = fold(written);
  const parts = companyCore(mendLegal(name, written));
  const text = fold(mendLegal(name, written));
  return {
    name,
    stem: text.slice(0, parts.legalStart),
    core: parts.core,
    trade: parts.trade,
    legal: parts.legal,
    branch: parts.branch,
    placeLength: parts.coreStart,
  };
}

const FORMS = ['股份有限公司', '有限责任公司', '有限公司'];

/** 有线公司, 有限工司: a legal form with one wrong or missing character is that legal form. */
function mendLegal(name: string, written: string): string {
  for (const form of FORMS) {
    if (name.endsWith(form)) return written;
    for (const length of [form.length, form.length - 1]) {
      const end = name.slice(-length);
      if (end.length < length || name.length - length < 2) continue;
      if (oneWrong(end, form)) return name.slice(0, -length) + form;
    }
  }
  return written;
}

function oneWrong(written: string, form: string): boolean {
  if (written.length === form.length)
    return [...form].filter((char, at) => char !== written[at]).length === 1;
  return (
    [...form].some((_, at) => form.slice(0, at) + form.slice(at + 1) === written) && /[限司]/.test(written)
  );
}

/** The place in the name, else that of the record's region fields, most exact first. */
function placesOf(entity: Entity, kind: NameKind, written: string, value: ValueOf): PlaceCodes {
  if (kind !== 'company') return [];
  const named = codesOf(companyCore(written).region);
  if (named.length) return named;
  for (const level of ['district', 'city', 'province'] as const) {
    const field = entity.fieldList.find((each) => each.kind === 'region' && each.level === level);
    const codes = field ? codesOf(fold(String(value(field.name) ?? ''))) : [];
    if (codes.length) return codes;
  }
  return [];
}

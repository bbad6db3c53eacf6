import type { Context } from '../context/context.ts';
import type { Entity, Field } from '../entity/types.ts';
import { fold } from '../text/fold.ts';
import type { ColumnMapping } from './types.ts';

export interface Proposal extends ColumnMapping {
  /** 1 for a field's own label or name, less for synonyms and parts; 0 when nothing fits. */
  confidence: number;
}

/** Columns our own result files add; they say what was wrong and are never read. */
export const REASON_HEADERS = { zh: '未导入原因', en: 'Reason not imported' } as const;

/** A header in the form that is compared: folded, without underscores, notes in brackets and marks of obligation. */
export function headerForm(header: string): string {
  const plain = header
    .normalize('NFKC')
    .replace(/\((?:必填|选填|可选|required|optional|元|万元|人|个)\)/gi, '')
    .replace(/[_\-/:*#]+/g, ' ');
  return fold(plain);
}

interface Candidate {
  field: string;
  form: string;
  confidence: number;
}

/** Fields an import may fill, the caller's rights considered; `number` and `id` serve to recognise records. */
export function importableFields(ctx: Context, entity: Entity): Field[] {
  const policy = ctx.policies.for(entity.name);
  return entity.fieldList.filter(
    (field) =>
      (field.name === 'number' && policy.right('number') !== 'hidden') ||
      (policy.right(field.name) === 'write' && !field.readOnly && !field.internal),
  );
}

function candidatesOf(fields: readonly Field[], prefix = '', heads: readonly string[] = ['']): Candidate[] {
  return fields.flatMap((field) => {
    const words: [string, number][] = [
      [field.name, 1],
      [field.label.zh, 1],
      [field.label.en, 1],
      ...(field.synonyms ?? []).map((word): [string, number] => [word, 0.9]),
    ];
    return words.flatMap(([word, confidence]) =>
      heads.map((head) => ({ field: prefix + field.name, form: headerForm(head + word), confidence })),
    );
  });
}

/** Fields that are known but set by the system, or not the caller's to write: their columns are nobody else's. */
function notFilled(ctx: Context, entity: Entity): Candidate[] {
  const filled = new Set(importableFields(ctx, entity).map(({ name }) => name));
  return candidatesOf(entity.fieldList.filter(({ name }) => !filled.has(name)))
    .filter(({ confidence }) => confidence === 1)
    .map((each) => ({ ...each, field: IGNORED }));
}

const IGNORED = '';

/** The people of a record type that share its sheet: the child type `contact`, where there is one. */
export function sheetChild(ctx: Context, entity: Entity): { child: Entity; root: Field } | null {
  const child = ctx.registry.byName.get('contact');
  const root = child?.scope.kind === 'child' ? child.fields[child.scope.of] : undefined;
  return child && root?.to === entity.name && ctx.policies.for('contact').can('create')
    ? { child, root }
    : null;
}

/**
 * Matches headers to fields, in either language: labels, names, synonyms; then what only begins or ends with one. A field
 * is given to the column that fits best; a header such as 联系人电话 belongs to the people who share the sheet.
 */
export function matchHeaders(ctx: Context, entity: Entity, headers: readonly string[]): Proposal[] {
  const own = candidatesOf(importableFields(ctx, entity));
  own.push(
    { field: 'id', form: 'id', confidence: 0.9 },
    { field: 'id', form: headerForm('系统编号'), confidence: 1 },
  );
  own.push(...notFilled(ctx, entity));
  const sheet = sheetChild(ctx, entity);
  if (sheet) {
    const { child, root } = sheet;
    const fields = importableFields(ctx, child).filter((field) => field.name !== root.name);
    const heads = [child.label.zh, child.label.en];
    own.push(...candidatesOf(fields, `${child.name}.`, heads));
    own.push(
      ...heads.map((word) => ({
        field: `${child.name}.${child.title}`,
        form: headerForm(word),
        confidence: 0.95,
      })),
    );
  }
  const byForm = new Map<string, Candidate[]>();
  for (const candidate of own) byForm.set(candidate.form, [...(byForm.get(candidate.form) ?? []), candidate]);
  const reasons = new Set<string>(Object.values(REASON_HEADERS));
  const fits = headers.flatMap((header, column) =>
    reasons.has(header)
      ? []
      : fitsOf(headerForm(header.replace(/ \(\d+\)$/, '')), byForm, own).map((fit) => ({ ...fit, column })),
  );
  fits.sort((a, b) => b.confidence - a.confidence || a.column - b.column);
  const columns = new Map<number, Candidate>();
  const taken = new Set<string>();
  for (const fit of fits) {
    if (columns.has(fit.column) || taken.has(fit.field)) continue;
    columns.set(fit.column, fit);
    if (fit.field !== IGNORED) taken.add(fit.field);
  }
  return headers.map((header, column) => {
    const fit = columns.get(column);
    return { column, header, field: fit?.field || null, confidence: fit?.confidence ?? 0 };
  });
}

const HAN = /^\p{Script=Han}+$/u;

/** What ends with a field's word, half of it at least: 客户手机 is a phone. Only for Chinese, where words are not divided. */
function fitsOf(
  form: string,
  byForm: ReadonlyMap<string, Candidate[]>,
  all: readonly Candidate[],
): Candidate[] {
  const exact = byForm.get(form) ?? [];
  if (exact.length || !HAN.test(form)) return exact;
  return all
    .filter(
      (each) => each.form.length >= 2 && each.form.length * 2 >= form.length && form.endsWith(each.form),
    )
    .map((each) => ({ ...each, confidence: (0.6 * each.form.length) / form.length }));
}

import type { Change } from '../audit/audit.ts';
import type { Draft } from './behaviour.ts';
import { fromColumns } from './columns.ts';
import type { MoneyValue } from './meta.shared.ts';
import type { Entity, Field, Part } from './types.ts';

/** Fields whose value a draft really changes. */
export function changedFields(entity: Entity, draft: Draft): Field[] {
  return entity.fieldList.filter(
    (field) =>
      field.name in draft.values &&
      !same(field, fromColumns(field, draft.before ?? {}), draft.values[field.name] ?? null),
  );
}

/** Whether two wire values of a field mean the same: 1200 and 1200.00 do as money, not as text. */
function same({ kind }: Field, before: unknown, after: unknown): boolean {
  if (kind === 'instant' && typeof before === 'string' && typeof after === 'string')
    return Temporal.Instant.compare(before, after) === 0;
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.length ? value : null;
    if (kind === 'money' && value !== null && value !== undefined) {
      const { amount, currency } = value as MoneyValue;
      return { amount: canonical(amount), currency };
    }
    return kind === 'decimal' && typeof value === 'string' ? canonical(value) : (value ?? null);
  };
  return JSON.stringify(plain(before)) === JSON.stringify(plain(after));
}

const canonical = (amount: string) => (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount);

/** What the audit tells of a draft: every value that changed, or that a new record begins with. */
export function changesOf(entity: Entity, draft: Draft): Record<string, Change> {
  const fields = draft.before
    ? changedFields(entity, draft)
    : entity.fieldList.filter((field) => draft.values[field.name] != null);
  const own = fields.map((field): [string, Change] => [
    field.name,
    {
      before: draft.before ? fromColumns(field, draft.before) : null,
      after: draft.values[field.name] ?? null,
    },
  ]);
  return Object.fromEntries([...own, ...entity.parts.flatMap((part) => partChange(part, draft))]);
}

type PartRow = Record<string, unknown>;

/** Rows of a part that are other than they were, before and after: of a row that stays its name and what changed of it. */
function partChange(part: Part, draft: Draft): [string, Change][] {
  const { entity } = part;
  const told = entity.fieldList.filter(({ readOnly, to }) => !readOnly && !to);
  const valuesOf = (fields: readonly Field[], value: (field: Field) => unknown): PartRow =>
    Object.fromEntries(
      fields.flatMap((field) => {
        const found = value(field);
        return found === null || found === undefined ? [] : [[field.name, found]];
      }),
    );
  const before = (draft.gone?.[part.name] ?? []).map((row) =>
    valuesOf(told, (field) => fromColumns(field, row)),
  );
  const after: PartRow[] = [];
  for (const row of draft.parts?.[part.name] ?? []) {
    const now = (field: Field) =>
      field.name in row.values ? row.values[field.name] : fromColumns(field, row.before ?? {});
    if (row.before === null) after.push(valuesOf(told, now));
    else {
      const names = new Set(changedFields(entity, row).map(({ name }) => name));
      if (!told.some(({ name }) => names.has(name))) continue;
      const fields = told.filter(({ name }) => names.has(name) || name === entity.title);
      before.push(valuesOf(fields, (field) => fromColumns(field, row.before ?? {})));
      after.push(valuesOf(fields, now));
    }
  }
  return before.length || after.length ? [[part.name, { before, after }]] : [];
}

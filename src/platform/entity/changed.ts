import type { Change } from '../audit/audit.ts';
import type { Draft } from './behaviour.ts';
import { fromColumns } from './columns.ts';
import type { MoneyValue } from './meta.shared.ts';
import type { Entity, Field } from './types.ts';

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
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      {
        before: draft.before ? fromColumns(field, draft.before) : null,
        after: draft.values[field.name] ?? null,
      },
    ]),
  );
}

import type { Row } from '../entity/behaviour.ts';
import { fromColumns } from '../entity/columns.ts';
import type { Entity, Field } from '../entity/types.ts';
import { parsePhones } from '../text/phones.ts';

/** Where the survivor's value of a field comes from: one record, or all of them together. */
export type Source = { id: string } | 'together' | null;

export interface MergedField {
  field: Field;
  value: unknown;
  source: Source;
}

/** What may be chosen when records become one: what people write, not what follows from it. */
export const mergeFields = (entity: Entity): Field[] =>
  entity.fieldList.filter((field) => !field.readOnly && !field.immutable && !field.internal);

const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const TOGETHER = new Set(['references', 'multiChoice', 'phones', 'longText']);

/**
 * The values of the record that remains. What was not chosen: lists and long texts of all together; name, owner, what
 * it hangs on and what must be filled as the survivor has them; of the rest the newest that is there. Phones that give way
 * go to the list of further phones.
 *
 * @param rows the survivor first
 * @param chosen by field, the record whose value is kept
 */
export function mergedValues(
  entity: Entity,
  rows: readonly Row[],
  chosen: Readonly<Record<string, string>> = {},
): MergedField[] {
  const merged = new Set(rows.map((row) => row.id as string));
  const [survivor] = rows as [Row];
  const byAge = [...rows].sort((a, b) => compareInstants(b.updated_at, a.updated_at));
  const own = (field: Field, row: Row) => withoutMerged(entity, field, fromColumns(field, row), merged);
  const fields = mergeFields(entity).map((field): MergedField => {
    const wanted = rows.find((row) => row.id === chosen[field.name]);
    if (wanted) return { field, value: own(field, wanted), source: { id: wanted.id as string } };
    if (TOGETHER.has(field.kind)) {
      const together = joined(
        field,
        rows.map((row) => own(field, row)),
      );
      if (together !== undefined) return { field, value: together, source: 'together' };
    }
    const order = keepsOwn(entity, field) ? [survivor, ...byAge] : byAge;
    const found = order.find((row) => !isEmpty(own(field, row)));
    return found
      ? { field, value: own(field, found), source: { id: found.id as string } }
      : { field, value: own(field, survivor), source: null };
  });
  return withFurtherPhones(fields, rows, chosen);
}

const compareInstants = (a: unknown, b: unknown) =>
  Temporal.Instant.compare(Temporal.Instant.from(String(a)), Temporal.Instant.from(String(b)));

function keepsOwn(entity: Entity, field: Field): boolean {
  const root = entity.scope.kind === 'child' ? entity.scope.of : null;
  return (
    [entity.title, 'owner', 'department', root].includes(field.name) ||
    field.required === true ||
    field.kind === 'boolean'
  );
}

/** No record refers to itself: what named one of those that become one names nothing any more. */
function withoutMerged(entity: Entity, field: Field, value: unknown, merged: ReadonlySet<string>): unknown {
  if (field.to !== entity.name) return value;
  if (Array.isArray(value)) return value.filter((id) => !merged.has(id));
  return merged.has(value as string) ? null : value;
}

/** All values of a list or text, each once; undefined where they are too long to stand together. */
function joined(field: Field, values: unknown[]): unknown {
  if (field.kind !== 'longText')
    return distinct(
      field,
      values.flatMap((value) => (value ?? []) as string[]),
    );
  const texts = [...new Set(values.filter((value) => !isEmpty(value)).map((text) => String(text).trim()))];
  const text = texts.join('\n\n');
  return Array.from(text).length > (field.max ?? 20_000) ? undefined : text || null;
}

function distinct(field: Field, items: readonly string[]): string[] {
  const key = (item: string) => (field.kind === 'phones' ? digitsOf(item) : item);
  return [...new Map([...items].reverse().map((item) => [key(item), item])).values()].reverse();
}

const digitsOf = (text: string) => parsePhones(text).phones[0]?.digits ?? text.replace(/\s/g, '');

function withFurtherPhones(
  fields: MergedField[],
  rows: readonly Row[],
  chosen: Readonly<Record<string, string>>,
): MergedField[] {
  const list = fields.find(({ field }) => field.kind === 'phones');
  if (!list || chosen[list.field.name]) return fields;
  const phones = fields.filter(({ field }) => field.kind === 'phone');
  const main = new Set(phones.flatMap(({ value }) => (value ? digitsOf(String(value)) : [])));
  const given = rows.flatMap((row) =>
    phones.flatMap(({ field }) => (row[field.column] as string | null) ?? []),
  );
  const all = distinct(list.field, [...(list.value as string[]), ...given]);
  const value = all.filter((phone) => !main.has(digitsOf(phone)));
  return fields.map((each) => (each === list ? { ...each, value } : each));
}

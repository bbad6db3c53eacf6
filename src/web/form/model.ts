import { formFields } from '../api/meta.tsx';
import type { MetaEntity, MetaField, Problem, WireRecord } from '../api/types.ts';
import { isEmpty } from '../fields/format.ts';
import { leadsRegion, regionGroup } from '../fields/places.ts';
import { isBlank, type PartMeta, type Row, rowOf } from '../lines/rows.ts';

export type Values = Record<string, unknown>;

/** What a new record starts with. */
export function initialValues(entity: MetaEntity, given: Values = {}): Values {
  const defaults = Object.fromEntries(
    formFields(entity, true)
      .filter((field) => field.default !== undefined)
      .map((field) => [field.name, field.default]),
  );
  return { ...defaults, ...given };
}

/** What a form of a record starts with: its own fields, and the rows of its parts. */
export const valuesOf = (entity: MetaEntity, record: WireRecord, parts: readonly PartMeta[] = []): Values =>
  Object.fromEntries([
    ...formFields(entity, false).map((field) => [field.name, record[field.name] ?? null] as const),
    ...parts.map(
      ({ name, entity: part }) =>
        [name, ((record[name] as Row[] | undefined) ?? []).map((row) => rowOf(part, row))] as const,
    ),
  ]);

/** Rows nobody wrote anything into are none. */
export const withoutBlanks = (
  values: Values,
  parts: readonly PartMeta[],
  fresh: (part: MetaEntity) => Row,
): Values => ({
  ...values,
  ...Object.fromEntries(
    parts.flatMap(({ name, entity: part }) => {
      const rows = values[name] as Row[] | undefined;
      return rows ? [[name, rows.filter((row) => !isBlank(part, row, fresh(part)))]] : [];
    }),
  ),
});

export interface Group {
  name: string | null;
  fields: MetaField[];
}

/** A region stands on the quick form when any of its levels does. */
const isQuick = (entity: MetaEntity, field: MetaField) =>
  (field.kind === 'region' ? regionGroup(entity, field) : [field]).some((part) => part.quick);

/** Fields by their group in order of first appearance; a region's fields are one control. */
export function groupsOf(entity: MetaEntity, creating: boolean, quick: boolean): Group[] {
  const fields = formFields(entity, creating).filter(
    (field) =>
      (!quick ||
        isQuick(entity, field) ||
        (field.required && field.default === undefined) ||
        field.name === entity.title) &&
      (field.kind !== 'region' || leadsRegion(entity, field)),
  );
  const groups = Map.groupBy(fields, (field) => (quick ? null : (field.group ?? null)));
  return [...groups].map(([name, members]) => ({ name, fields: members }));
}

/** What is missing before the server need be asked. */
export function missingFields(entity: MetaEntity, values: Values, creating: boolean): string[] {
  return formFields(entity, creating)
    .filter((field) => field.required && isEmpty(values[field.name]) && (creating || field.name in values))
    .map((field) => field.name);
}

/** Errors by the field they stand beside; the rest go to the head of the form. */
export function errorsByField(
  entity: MetaEntity,
  problem: Problem,
): { fields: Record<string, string>; rest: string[] } {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const { path, message } of problem.errors ?? []) {
    const name = path.split('.')[0] ?? '';
    if (entity.parts?.some((part) => part.name === name)) fields[path] ??= message;
    else if (entity.fields.some((field) => field.name === name)) fields[name] ??= message;
    else rest.push(message);
  }
  return { fields, rest };
}

/** Lines left empty while typing are no values; a text of blanks is none either. */
export const trimmed = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value)
        ? value.filter((item) => item !== '')
        : typeof value === 'string'
          ? value.trim() || null
          : value,
    ]),
  );

import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { badFilter } from '../entity/filter-compare.ts';
import type { Filter, FilterTerm } from '../entity/meta.shared.ts';
import type { Field } from '../entity/types.ts';
import { startOfDay } from '../time/instant.shared.ts';
import type { Reach } from './paths.ts';
import {
  type AnswerGroup,
  canGroup,
  type DatePart,
  type GroupSpec,
  isDate,
  isList,
  isNumber,
} from './query.shared.ts';

/** By what records are told apart, ready to be asked. */
export interface Group {
  spec: GroupSpec;
  field: Field;
  head: AnswerGroup;
  /** The key of a row, as text; of a list its values. */
  key: RawBuilder<unknown>;
  list: boolean;
}

/** Endings that are one place with or without: 杭州 and 杭州市. */
const ENDINGS: Partial<Record<string, readonly string[]>> = {
  city: ['市'],
  province: ['省', '市', '壮族自治区', '回族自治区', '维吾尔自治区', '自治区', '特别行政区'],
};

export function groupOf(ctx: Context, reach: Reach, spec: GroupSpec, at: string): Group {
  const { field, labels, value } = reach.field(spec.field, at);
  const { kind } = field;
  const refuse = (part: string, code: string) => badFilter(`${at}.${part}`, code, { options: kind });
  if (!canGroup(kind)) throw refuse('field', 'not_groupable');
  if (spec.by && !isDate(kind)) throw refuse('by', 'not_groupable');
  if (spec.cuts && !isNumber(kind)) throw refuse('cuts', 'not_groupable');
  if (kind === 'money' && !spec.cuts) throw refuse('cuts', 'needs_ranges');
  const by = isDate(kind) ? (spec.by ?? 'day') : undefined;
  const to = field.to ? ctx.registry.byName.get(field.to) : undefined;
  return {
    spec: { ...spec, ...(by ? { by } : {}) },
    field,
    list: isList(kind),
    key: keyOf(ctx, field, value, { ...spec, by }),
    head: { label: labels.join(' › '), kind, ...(by ? { by } : {}), ...(to ? { plural: to.plural } : {}) },
  };
}

function keyOf(ctx: Context, field: Field, value: RawBuilder<unknown>, { by, cuts }: GroupSpec) {
  if (by) {
    const local = field.kind === 'instant' ? sql`(${value} at time zone ${sql.lit(ctx.timeZone)})` : value;
    return sql`date_trunc(${sql.lit(by)}, ${local}::timestamp)::date`;
  }
  if (cuts) return sql`width_bucket(${value}::numeric, ${sql.lit(`{${cuts.join(',')}}`)}::numeric[])`;
  if (field.kind === 'region') return bareRegion(field, value);
  if (field.kind === 'decimal') return sql`trim_scale(${value})`;
  return value;
}

/** A place as it is compared: 杭州 for 杭州市. */
export function bareRegion({ level }: Pick<Field, 'level'>, value: RawBuilder<unknown>): RawBuilder<unknown> {
  const endings = ENDINGS[level ?? ''];
  if (!endings) return value;
  return sql`regexp_replace(${value}, ${sql.lit(`(.)(${endings.join('|')})$`)}, '\\1')`;
}

/** A province as it is compared: 浙江 for 浙江省. */
export const bareProvince = (name: string): string =>
  name.replace(new RegExp(`(.)(${(ENDINGS.province ?? []).join('|')})$`), '$1');

const LENGTHS: Record<DatePart, Temporal.DurationLike> = {
  year: { years: 1 },
  quarter: { months: 3 },
  month: { months: 1 },
  week: { days: 7 },
  day: { days: 1 },
};

/** The day a period of this length begins, so many periods on. */
export const periodAfter = (day: string, by: DatePart, count = 1): string => {
  const date = Temporal.PlainDate.from(day);
  return Array.from({ length: Math.abs(count) })
    .reduce<Temporal.PlainDate>((at) => (count > 0 ? at.add(LENGTHS[by]) : at.subtract(LENGTHS[by])), date)
    .toString();
};

/** The filter by which a list shows exactly the records of a key. */
export function keyFilter(
  ctx: Context,
  { spec, field }: Pick<Group, 'spec' | 'field'>,
  key: string | null,
): Filter {
  const path = spec.field;
  const term = (op: FilterTerm['op'], value: unknown): FilterTerm => ({ field: path, op, value });
  const { by, cuts } = spec;
  if (cuts)
    return rangeFilter(
      term,
      cuts.map((cut) => (field.kind === 'integer' ? Math.ceil(cut) : String(cut))),
      key,
    );
  // What is not there, and what is not the reader's to know, both have no value that could be compared.
  if (key === null) return { not: term('empty', false) };
  if (by) {
    const after = periodAfter(key, by);
    if (field.kind === 'date')
      return by === 'day' ? term('eq', key) : { and: [term('gte', key), term('lt', after)] };
    const begin = (day: string) => startOfDay(day, ctx.timeZone);
    return { and: [term('gte', begin(key)), term('lt', begin(after))] };
  }
  if (field.kind === 'boolean') return term('eq', key === 'true');
  if (field.kind === 'integer') return term('eq', Number(key));
  const endings = field.kind === 'region' ? ENDINGS[field.level ?? ''] : undefined;
  if (endings) return term('in', [key, ...endings.map((ending) => key + ending)]);
  return term('eq', key);
}

/** The filter by which records of a province are found, however it is written: 浙江 and 浙江省. */
export function provinceFilter(path: string, province: string): Filter {
  const endings = ENDINGS.province ?? [];
  const bare = bareProvince(province);
  return { field: path, op: 'in', value: [bare, ...endings.map((ending) => bare + ending)] };
}

function rangeFilter(
  term: (op: FilterTerm['op'], value: unknown) => FilterTerm,
  cuts: readonly (number | string)[],
  key: string | null,
): Filter {
  const number = (at: number) => cuts[at] ?? 0;
  if (key === null) return { not: { or: [term('lt', number(0)), term('gte', number(0))] } };
  const at = Number(key);
  if (at === 0) return term('lt', number(0));
  if (at === cuts.length) return term('gte', number(at - 1));
  return { and: [term('gte', number(at - 1)), term('lt', number(at))] };
}

import {
  type AggregateSpec,
  canGroup,
  functionsOf,
  type GroupSpec,
  isDate,
  isNumber,
  type ReportQuery,
  type ValueSpec,
} from '../../../platform/analysis/query.shared.ts';
import type { Filter, MetaEntity, MetaField } from '../../../web/api/types.ts';

/** Record types as the browser knows them. */
export interface Entities {
  entity(name: string): MetaEntity | undefined;
}

export interface Choice {
  path: string;
  label: string;
  field: MetaField;
}

const usable = (field: MetaField) =>
  field.access !== 'masked' && !field.internal && (canGroup(field.kind) || isNumber(field.kind));

/** The fields of a record type that a report may name. */
export const ownChoices = (entity: MetaEntity): Choice[] =>
  entity.fields.filter(usable).map((field) => ({ path: field.name, label: field.label, field }));

export interface ChoiceGroup {
  path: string;
  label: string;
  choices: Choice[];
}

/** The fields of what its references lead to: one step, and over people to their department and superior. */
export function referredChoices(meta: Entities, entity: MetaEntity, path = '', label = ''): ChoiceGroup[] {
  return entity.fields.flatMap((field) => {
    const target =
      field.kind === 'reference' && field.to && usable(field) ? meta.entity(field.to) : undefined;
    if (!target || (path && target.name === entity.name)) return [];
    const way = path ? `${path}.${field.name}` : field.name;
    const name = label ? `${label} › ${field.label}` : field.label;
    const choices = ownChoices(target).map((each) => ({
      ...each,
      path: `${way}.${each.path}`,
      label: each.label,
    }));
    return [{ path: way, label: name, choices }];
  });
}

/** A field by its path, with what people call it. */
export function choiceAt(meta: Entities, entity: MetaEntity, path: string): Choice | undefined {
  const labels: string[] = [];
  let owner: MetaEntity | undefined = entity;
  let field: MetaField | undefined;
  for (const step of path.split('.')) {
    field = owner?.fields.find(({ name }) => name === step);
    if (!field) return undefined;
    labels.push(field.label);
    owner = field.to ? meta.entity(field.to) : undefined;
  }
  return field && { path, label: labels.join(' › '), field };
}

/** By what records are told apart when a field is dropped there. */
export function groupBy({ path, field }: Choice): GroupSpec {
  if (isDate(field.kind)) return { field: path, by: 'month' };
  if (isNumber(field.kind)) return { field: path, cuts: [1000, 10_000, 100_000] };
  return { field: path };
}

/** What is counted of a field when it is dropped there. */
export function measureOf({ path, field }: Choice): ValueSpec {
  const fn = functionsOf(field.kind)[0];
  return fn ? { fn, field: path } : { fn: 'count' };
}

export interface Draft {
  entity: string;
  filter: Filter | null;
  rows: GroupSpec[];
  columns: GroupSpec[];
  values: ValueSpec[];
  sort: ReportQuery['sort'];
  limit: number | undefined;
}

export const emptyDraft = (entity: string, filter: Filter | null = null): Draft => ({
  entity,
  filter,
  rows: [],
  columns: [],
  values: [{ fn: 'count' }],
  sort: undefined,
  limit: undefined,
});

export const draftOf = (query: ReportQuery): Draft => ({
  entity: query.entity,
  filter: query.filter ?? null,
  rows: query.rows,
  columns: query.columns,
  values: query.values,
  sort: query.sort,
  limit: query.limit,
});

/** What is asked of the server; unfinished conditions are left out by `tidy`. */
export function queryOf(draft: Draft, tidy: (filter: Filter) => Filter | null): ReportQuery | null {
  if (draft.values.length === 0) return null;
  const filter = draft.filter && tidy(draft.filter);
  const part = <T extends AggregateSpec>({ where, ...spec }: T): T => {
    const kept = where && tidy(where);
    return { ...spec, ...(kept ? { where: kept } : {}) } as T;
  };
  const sort =
    draft.sort && (draft.sort.by === 'label' || draft.sort.by < draft.values.length) ? draft.sort : undefined;
  return {
    entity: draft.entity,
    ...(filter ? { filter } : {}),
    rows: draft.rows,
    columns: draft.columns,
    values: draft.values.map((value) =>
      'ratio' in value ? { ...value, ratio: [part(value.ratio[0]), part(value.ratio[1])] } : part(value),
    ),
    ...(sort ? { sort } : {}),
    ...(draft.limit ? { limit: draft.limit } : {}),
  };
}

/** A list with one of its members moved to another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, at) => at !== from);
  const item = items[from];
  return item === undefined ? [...items] : [...rest.slice(0, to), item, ...rest.slice(to)];
}

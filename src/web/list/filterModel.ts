import type {
  Filter,
  FilterOperator,
  FilterTerm,
  MetaEntity,
  MetaField,
  RelatedTerm,
  SegmentTerm,
} from '../api/types.ts';

/** `filled` is how people think of `empty` with the value false. */
export type ShownOperator = FilterOperator | 'filled';

const TEXT: ShownOperator[] = ['contains', 'eq', 'ne', 'startsWith', 'empty', 'filled'];
const NUMBER: ShownOperator[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'between', 'empty', 'filled'];
const ONE_OF: ShownOperator[] = ['in', 'nin', 'empty', 'filled'];
const TIME: ShownOperator[] = ['within', 'eq', 'lt', 'gt', 'empty', 'filled'];

/** The operators offered for a field, the usual one first. */
export function operatorsFor(field: MetaField): ShownOperator[] {
  switch (field.kind) {
    case 'integer':
    case 'decimal':
    case 'money':
      return NUMBER;
    case 'date':
    case 'instant':
      return TIME;
    case 'boolean':
      return ['eq', 'empty', 'filled'];
    case 'choice':
      return field.open ? [...ONE_OF, 'contains'] : ONE_OF;
    case 'region':
    case 'multiChoice':
    case 'reference':
    case 'references':
      return ONE_OF;
    case 'phones':
      return ['eq', 'empty', 'filled'];
    case 'json':
      return ['empty', 'filled'];
    default:
      return TEXT;
  }
}

/** Fields that a filter may name. */
export const filterFields = (entity: MetaEntity): MetaField[] =>
  entity.fields.filter((field) => field.access !== 'masked' && !field.internal && field.kind !== 'json');

/** What a new condition asks of: what records are called by, else the first that can be found by. */
export const firstField = (entity: MetaEntity): MetaField | undefined => {
  const fields = filterFields(entity);
  const found = (field: MetaField) => field.filterable === true;
  return (
    fields.find((field) => field.name === entity.title && found(field)) ?? fields.find(found) ?? fields[0]
  );
};

export const isTerm = (filter: Filter): filter is FilterTerm => 'field' in filter;
export const isRelated = (filter: Filter): filter is RelatedTerm => 'related' in filter;

/** Being in a segment or not being in it: one condition either way. */
export type SegmentLeaf = SegmentTerm | { not: SegmentTerm };
export const isSegment = (filter: Filter): filter is SegmentLeaf =>
  'segment' in filter || ('not' in filter && 'segment' in filter.not);
export const segmentOf = (leaf: SegmentLeaf): { id: string; inside: boolean } =>
  'not' in leaf ? { id: leaf.not.segment, inside: false } : { id: leaf.segment, inside: true };
export const segmentLeaf = (id: string, inside: boolean): SegmentLeaf =>
  inside ? { segment: id } : { not: { segment: id } };

/** One condition, as opposed to a group of them. */
export type Leaf = FilterTerm | RelatedTerm | SegmentLeaf;
export const isLeaf = (filter: Filter): filter is Leaf =>
  isTerm(filter) || isRelated(filter) || isSegment(filter);
type Group = Exclude<Filter, Leaf>;
export const isGroup = (filter: Filter): filter is Group => !isLeaf(filter);

/** How the conditions of a group combine: all, any, none, not all of them. */
export type Joint = 'and' | 'or' | 'nor' | 'nand';
export const JOINTS: readonly Joint[] = ['and', 'or', 'nor', 'nand'];
export function jointOf(filter: Filter): Joint {
  if ('not' in filter) return 'or' in filter.not ? 'nor' : 'nand';
  return 'or' in filter ? 'or' : 'and';
}
export function partsOf(filter: Filter): Filter[] {
  if ('not' in filter) return 'and' in filter.not || 'or' in filter.not ? partsOf(filter.not) : [filter.not];
  return 'and' in filter ? filter.and : 'or' in filter ? filter.or : [];
}
export function group(joint: Joint, parts: Filter[]): Filter {
  const plain = joint === 'or' || joint === 'nor' ? { or: parts } : { and: parts };
  return joint === 'nor' || joint === 'nand' ? { not: plain } : plain;
}

/** Any filter as the conditions that all must hold: what the chips show. */
export function conditionsOf(filter: Filter | null | undefined): Filter[] {
  if (!filter) return [];
  return 'and' in filter ? filter.and : [filter];
}

/** Conditions as a filter; none at all is an explicit empty one, so that a view's own filter can be cleared. */
export const filterOf = (conditions: Filter[]): Filter => ({ and: conditions });

/** Leaves out what is not filled in yet, and groups that are empty; null when nothing is left. */
export function tidy(filter: Filter | null | undefined): Filter | null {
  if (!filter) return null;
  if (isTerm(filter)) return isComplete(filter) ? filter : null;
  if (isSegment(filter)) return segmentOf(filter).id ? filter : null;
  if (isRelated(filter)) return tidyRelated(filter);
  const parts = partsOf(filter).flatMap((part) => tidy(part) ?? []);
  if (parts.length === 0) return null;
  const joint = jointOf(filter);
  const plain = joint === 'and' || joint === 'or';
  return parts.length === 1 && plain ? (parts[0] as Filter) : group(joint, parts);
}

function tidyRelated({ where, ...term }: RelatedTerm): RelatedTerm | null {
  if (term.op && !isComplete(term as unknown as FilterTerm)) return null;
  const inner = tidy(where);
  return { ...term, ...(inner ? { where: inner } : {}) };
}

export function isComplete(term: FilterTerm): boolean {
  if (term.op === 'empty') return true;
  const { value } = term;
  if (term.op === 'between') return Array.isArray(value) && value.length === 2 && value.every(isGiven);
  return Array.isArray(value) ? value.length > 0 : isGiven(value);
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '';

export const shownOperator = (term: FilterTerm): ShownOperator =>
  term.op === 'empty' && term.value === false ? 'filled' : term.op;

/** A term with another operator; the value is kept where it still fits. */
export function withOperator(term: FilterTerm, op: ShownOperator): FilterTerm {
  if (op === 'empty') return { field: term.field, op: 'empty', value: true };
  if (op === 'filled') return { field: term.field, op: 'empty', value: false };
  const shape = (operator: string) =>
    operator === 'in' || operator === 'nin' || operator === 'between'
      ? 'many'
      : operator === 'within'
        ? 'period'
        : operator === 'empty'
          ? 'none'
          : 'one';
  const keep = shape(op) === shape(term.op) && (op === 'between') === (term.op === 'between');
  return { field: term.field, op, ...(keep ? { value: term.value } : {}) };
}

/**
 * A term as the editor shows it: what is equal to one of a field's values is one of them; an operator that is not offered, such as
 * one that came by the interface, stands among the offered ones, so that it has its name.
 */
export function asOffered(
  term: FilterTerm,
  operators: readonly ShownOperator[],
): { term: FilterTerm; operators: readonly ShownOperator[] } {
  const shown = shownOperator(term);
  if (operators.includes(shown)) return { term, operators };
  const list = LISTED[shown];
  if (list && operators.includes(list))
    return { term: { ...term, op: list, value: isGiven(term.value) ? [term.value] : [] }, operators };
  return { term, operators: [...operators, shown] };
}

const LISTED: Partial<Record<ShownOperator, 'in' | 'nin'>> = { eq: 'in', ne: 'nin' };

/** A new term on a field with its usual operator. */
export function newTerm(field: MetaField): FilterTerm {
  return withOperator({ field: field.name, op: 'eq' }, operatorsFor(field)[0] as ShownOperator);
}

/** Sorting as a list of field and direction, from `-updatedAt,name`. */
export interface SortKey {
  field: string;
  down: boolean;
}

export function parseSort(sort: string | undefined): SortKey[] {
  return (sort ?? '')
    .split(',')
    .filter(Boolean)
    .map((part) => ({ field: part.replace(/^-/, ''), down: part.startsWith('-') }));
}

export const sortText = (keys: SortKey[]): string =>
  keys.map((key) => `${key.down ? '-' : ''}${key.field}`).join(',');

/** A click sorts by this column alone, and turns it round when it already does; with shift the column is added. */
export function nextSort(keys: SortKey[], field: string, add: boolean): SortKey[] {
  const held = keys.find((key) => key.field === field);
  if (!add) return [{ field, down: held && keys.length === 1 ? !held.down : false }];
  if (!held) return [...keys, { field, down: false }];
  if (!held.down) return keys.map((key) => (key === held ? { field, down: true } : key));
  return keys.filter((key) => key !== held);
}

/** Dates are before and after, numbers smaller and greater. */
const TIMED = new Set<ShownOperator>(['lt', 'lte', 'gt', 'gte']);
export const operatorKey = (field: MetaField, op: ShownOperator): string =>
  (field.kind === 'date' || field.kind === 'instant') && TIMED.has(op) ? `op.${op}.date` : `op.${op}`;

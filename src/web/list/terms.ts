import type { MetaView } from '../api/meta.tsx';
import type { Filter, FilterOperator, FilterTerm, MetaEntity, MetaField, RelatedTerm } from '../api/types.ts';
import { valueText } from '../fields/format.ts';
import { say } from '../i18n/index.ts';
import { fieldAt } from './choices.ts';
import {
  asOffered,
  conditionsOf,
  isLeaf,
  isRelated,
  isTerm,
  jointOf,
  type Leaf,
  operatorKey,
  operatorsFor,
  partsOf,
  segmentOf,
  shownOperator,
} from './filterModel.ts';
import { ALL_PERIODS } from './relative.ts';

/** Periods as choices; a choice's value is the relative date as JSON. */
export const periodOptions = () =>
  ALL_PERIODS.map(({ text: [key, params], value }) => ({
    value: JSON.stringify(value),
    label: say(key, params),
  }));

const periodWords = (value: unknown) =>
  periodOptions().find((item) => item.value === JSON.stringify(value))?.label ?? JSON.stringify(value);

/** How names of referred records are found for the chips, and record types by name. */
export interface NameOf {
  (entity: string | undefined, id: string): string;
  meta: Pick<MetaView, 'entity'>;
}

/** A condition in words: what it is about, and the value apart, so that it can stand out. */
export interface Words {
  head: string;
  value: string;
}

/** A condition on a field as people say it. */
export function termWords(entity: MetaEntity, given: FilterTerm, nameOf: NameOf): Words {
  const field = fieldAt(nameOf.meta, entity, given.field);
  if (!field) return { head: say('filter.goneField', { field: given.field }), value: '' };
  const { term } = asOffered(given, operatorsFor(field));
  const head = `${field.label} ${say(operatorKey(field, shownOperator(term)))}`;
  return { head, value: term.op === 'empty' ? '' : valueWords(field, term, nameOf) };
}

function valueWords(field: MetaField, { op, value }: FilterTerm, nameOf: NameOf): string {
  if (op === 'within') return periodWords(value);
  const one = (each: unknown): string => {
    if (field.kind === 'reference' || field.kind === 'references') return nameOf(field.to, String(each));
    const kind = SHOWN_AS[field.kind] ?? field.kind;
    return valueText({ ...field, kind }, each);
  };
  const values = Array.isArray(value) ? value : [value];
  return values.map(one).join(op === 'between' ? ' – ' : say('list.comma'));
}

const SHOWN_AS: Partial<Record<MetaField['kind'], MetaField['kind']>> = {
  multiChoice: 'choice',
  phones: 'phone',
  instant: 'date',
  money: 'decimal',
};

/** The time stands by itself, what else the records must be in brackets, then the amount. */
export function relatedWords(entity: MetaEntity, term: RelatedTerm, nameOf: NameOf): Words {
  const other = nameOf.meta.entity(term.related);
  if (!other) return { head: term.related, value: '' };
  const via = other.fields.find(({ name }) => name === term.via);
  const label = via && other.name === entity.name ? `${other.label} (${via.label})` : other.label;
  const conditions = term.where ? conditionsOf(term.where) : [];
  const time = conditions.find((part) => isTerm(part) && part.op === 'within') as FilterTerm | undefined;
  const others = conditions.filter((part) => part !== time);
  const where = others.length
    ? say('filter.rel.where', { where: filterWords(other, { and: others }, nameOf) })
    : '';
  const what = {
    label,
    where,
    period: time ? say('filter.rel.period', { period: periodWords(time.value) }) : '',
  };
  const fn = term.aggregate?.fn ?? 'count';
  if (fn === 'count') {
    if (term.op === undefined || (term.op === 'gte' && term.value === 1))
      return { head: '', value: say('filter.rel.any', what) };
    if (term.op === 'eq' && term.value === 0) return { head: '', value: say('filter.rel.none', what) };
    return {
      head: say('filter.rel.of', what),
      value: say('filter.rel.times', { amount: amountWords(term.op, [term.value].flat().join(' – ')) }),
    };
  }
  const field = other.fields.find(({ name }) => name === term.aggregate?.field);
  if (!field || !term.op) return { head: say('filter.rel.of', what), value: '' };
  const kind = isTime(field) ? 'date' : 'number';
  const head = say(`filter.rel.${fn}.${kind}`, { ...what, field: field.label });
  const value = valueWords(field, { field: field.name, op: term.op, value: term.value }, nameOf);
  return {
    head: kind === 'date' ? `${head} ${say(operatorKey(field, term.op))}` : head,
    value: kind === 'date' ? value : amountWords(term.op, value),
  };
}

const isTime = ({ kind }: MetaField) => kind === 'date' || kind === 'instant';
const SIGNS: Partial<Record<FilterOperator, string>> = {
  eq: '=',
  ne: '≠',
  gt: '>',
  gte: '≥',
  lt: '<',
  lte: '≤',
};
const amountWords = (op: FilterOperator, value: string) => (SIGNS[op] ? `${SIGNS[op]} ${value}` : value);

/** One condition, whatever it is about. */
export function leafWords(entity: MetaEntity, leaf: Leaf, nameOf: NameOf): Words {
  if (isTerm(leaf)) return termWords(entity, leaf, nameOf);
  if (isRelated(leaf)) return relatedWords(entity, leaf, nameOf);
  const { id, inside } = segmentOf(leaf);
  return { head: say(inside ? 'filter.inSegment' : 'filter.outsideSegment'), value: nameOf('segment', id) };
}

/** Any filter in one line. */
export function filterWords(entity: MetaEntity, filter: Filter, nameOf: NameOf): string {
  if (isLeaf(filter)) {
    const { head, value } = leafWords(entity, filter, nameOf);
    return [head, value].filter(Boolean).join(' ');
  }
  const joint = jointOf(filter);
  const plain = joint === 'or' || joint === 'nor' ? 'or' : 'and';
  const words = partsOf(filter)
    .map((part) =>
      isLeaf(part) || jointOf(part) === 'nor' || jointOf(part) === 'nand'
        ? filterWords(entity, part, nameOf)
        : `(${filterWords(entity, part, nameOf)})`,
    )
    .join(` ${say(`filter.joint.${plain}`)} `);
  return joint === plain ? words : say('filter.not', { filter: words });
}

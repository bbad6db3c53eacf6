import type { Filter, FilterTerm, MetaEntity } from '../api/types.ts';
import { valueText } from '../fields/format.ts';
import { say } from '../i18n/index.ts';
import { isGroup, isTerm, jointOf, operatorKey, partsOf, shownOperator } from './filterModel.ts';
import { ALL_PERIODS } from './relative.ts';

/** Periods as choices; a choice's value is the relative date as JSON. */
export const periodOptions = () =>
  ALL_PERIODS.map(({ text: [key, params], value }) => ({
    value: JSON.stringify(value),
    label: say(key, params),
  }));

const periodWords = (value: unknown) =>
  periodOptions().find((item) => item.value === JSON.stringify(value))?.label ?? JSON.stringify(value);

/** How names of referred records are found for the chips. */
export type NameOf = (entity: string | undefined, id: string) => string;

/** A condition as people say it: field, comparison, value apart, so that the value can stand out. */
export function termWords(
  entity: MetaEntity,
  term: FilterTerm,
  nameOf: NameOf,
): { head: string; value: string } {
  const field = entity.fields.find((item) => item.name === term.field);
  if (!field) return { head: term.field, value: '' };
  const op = say(operatorKey(field, shownOperator(term)));
  const head = `${field.label} ${op}`;
  if (term.op === 'empty') return { head, value: '' };
  if (term.op === 'within') return { head, value: periodWords(term.value) };
  const one = (value: unknown): string => {
    if (field.kind === 'reference' || field.kind === 'references') return nameOf(field.to, String(value));
    const kind =
      field.kind === 'multiChoice'
        ? 'choice'
        : field.kind === 'phones'
          ? 'phone'
          : field.kind === 'instant'
            ? 'date'
            : field.kind;
    return valueText({ ...field, kind: kind === 'money' ? 'decimal' : kind }, value);
  };
  const values = Array.isArray(term.value) ? term.value : [term.value];
  return { head, value: values.map(one).join(term.op === 'between' ? ' – ' : say('list.comma')) };
}

/** Any filter in one line. */
export function filterWords(entity: MetaEntity, filter: Filter, nameOf: NameOf): string {
  if (isTerm(filter)) {
    const { head, value } = termWords(entity, filter, nameOf);
    return value ? `${head} ${value}` : head;
  }
  if ('related' in filter || 'segment' in filter) return say('filter.related');
  if (!isGroup(filter)) return say('filter.not', { filter: filterWords(entity, filter.not, nameOf) });
  const joint = say(`filter.joint.${jointOf(filter)}`);
  return partsOf(filter)
    .map((part) =>
      isGroup(part) ? `(${filterWords(entity, part, nameOf)})` : filterWords(entity, part, nameOf),
    )
    .join(` ${joint} `);
}

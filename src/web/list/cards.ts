import type { MetaField, WireRecord } from '../api/types.ts';
import { dayOf, isEmpty } from '../fields/format.ts';
import type { Column } from './columns.ts';

const FACTS = 3;

export const isPhone = ({ kind }: MetaField) => kind === 'phone' || kind === 'phones';

/** The columns a card on a phone shows of a list: the one beside the name, and those below it. */
export function cardColumns(columns: readonly Column[], title: string | undefined) {
  const facts = columns.filter(({ field }) => field.name !== title && !isPhone(field));
  // What stands beside the name must be short: a grade or a state rather than a long name.
  const mark = facts.find(({ field }) => field.kind === 'choice') ?? facts[0];
  return { mark, rest: facts.filter((each) => each !== mark) };
}

/** The first filled facts of a record; a day that its moment says already is not said twice. */
export function cardFacts(rest: readonly Column[], record: WireRecord): Column[] {
  const filled = rest.filter(({ field }) => !isEmpty(record[field.name]));
  const days = new Set(
    filled.flatMap(({ field }) => (field.kind === 'instant' ? [dayOf(String(record[field.name]))] : [])),
  );
  return filled
    .filter(({ field }) => field.kind !== 'date' || !days.has(String(record[field.name])))
    .slice(0, FACTS);
}

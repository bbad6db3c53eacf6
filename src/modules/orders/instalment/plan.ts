import { allocateMoney, Exact, type Money } from '../../../platform/money/money.shared.ts';
import { addWorkdays, type BusinessDays } from '../../../platform/time/business-calendar.ts';
import type { PaymentEvent } from './fields.ts';

/** When what instalments wait for happened. */
export type EventDays = Partial<Record<Exclude<PaymentEvent, 'date'>, string | null>>;

export interface Terms {
  percent: string;
  event: PaymentEvent;
  days: number;
  day: string | null;
}

/** Whether shares are of the whole: none at all, or a hundred percent together. */
export function isWhole(percents: readonly string[]): boolean {
  const sum = percents.reduce((all, percent) => all.plus(percent), new Exact(0));
  return percents.length === 0 || sum.equals(100);
}

/** The amounts of instalments; they add up to the whole to the last fen. */
export const amountsOf = (whole: Money, percents: readonly string[]): Money[] =>
  percents.length ? allocateMoney(whole, percents) : [];

/**
 * The day an instalment is due: so many calendar days after its event, and where that is no working day of the company, the
 * next one. Null as long as the event has not happened.
 */
export function dueDay(
  company: BusinessDays,
  { event, days, day }: Terms,
  happened: EventDays,
): string | null {
  const from = event === 'date' ? day : happened[event];
  if (!from) return null;
  return addWorkdays(company, Temporal.PlainDate.from(from).add({ days }).toString(), 0);
}

/** The last day of a warranty of so many months from the day of acceptance. */
export const warrantyEnd = (acceptedOn: string | null, months: number | null): string | null =>
  acceptedOn && months !== null ? Temporal.PlainDate.from(acceptedOn).add({ months }).toString() : null;

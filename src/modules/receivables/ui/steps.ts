import type { Filter } from '../../../web/api/types.ts';
import type { Question } from '../../../web/file/steps.ts';

/** What each command asks before it is done; `own` asks in a dialog of its own. */
type Asks = 'nothing' | 'reason' | 'amount' | 'number' | 'answer' | 'own';

interface MoneyStep {
  command: string;
  asks: Asks;
  primary?: boolean;
  /** Further conditions on the record. */
  when?(record: Record<string, unknown>): boolean;
}

const money = (value: unknown) => Number((value as { amount?: string } | null)?.amount ?? 0);

/** What comes next with a record, by its type and state; who may do it is the server's to say. */
export const STEPS: Record<string, Record<string, readonly MoneyStep[]>> = {
  receipt: {
    pending: [
      { command: 'confirm', asks: 'nothing', primary: true },
      { command: 'reject', asks: 'reason' },
      { command: 'takeBack', asks: 'reason' },
    ],
    confirmed: [
      { command: 'allocate', asks: 'own', primary: true, when: ({ free }) => money(free) > 0 },
      { command: 'refund', asks: 'amount', when: ({ free }) => money(free) > 0 },
      { command: 'reverse', asks: 'reason' },
    ],
  },
  invoice: {
    applied: [
      { command: 'issue', asks: 'number', primary: true },
      { command: 'reject', asks: 'reason' },
    ],
    issued: [{ command: 'flush', asks: 'own', when: ({ left }) => money(left) > 0 }],
  },
  dunning: { open: [{ command: 'reminded', asks: 'answer', primary: true }] },
  bankEntry: {
    open: [
      { command: 'claim', asks: 'own', primary: true },
      { command: 'putAside', asks: 'nothing' },
    ],
    partly: [{ command: 'claim', asks: 'own', primary: true }],
    put_aside: [{ command: 'putForward', asks: 'nothing' }],
  },
};

/** What a step made that somebody else now has to do: a red invoice asked for. */
export const askedFor = (command: string, answer: { invoice?: string }): string | null =>
  command === 'flush' ? (answer.invoice ?? null) : null;

/** Of a blue invoice: its red ones that wait to be issued; null of any other. */
export const waitingReds = ({ id, status, redOf }: Record<string, unknown>): Filter | null =>
  status === 'issued' && !redOf
    ? {
        and: [
          { field: 'redOf', op: 'eq', value: id },
          { field: 'status', op: 'eq', value: 'applied' },
        ],
      }
    : null;

type Say = (key: string) => string;

/** What is asked, in words. */
export function questionsOf(asks: Asks, t: Say): Question[] {
  const reason: Question = {
    name: 'reason',
    label: t('money.pick.reason'),
    kind: 'longText',
    required: true,
  };
  switch (asks) {
    case 'amount':
      return [{ name: 'amount', label: t('money.pick.amount'), kind: 'amount', required: true }, reason];
    case 'number':
      return [
        {
          name: 'invoiceNumber',
          label: t('money.pick.number'),
          kind: 'text',
          required: true,
          pattern: /^\d{20}$/,
          max: 20,
        },
        { name: 'issuedOn', label: t('money.pick.issuedOn'), kind: 'date' },
      ];
    case 'answer':
      return [
        { name: 'result', label: t('money.pick.answer'), kind: 'longText', required: true, max: 1000 },
        { name: 'promisedOn', label: t('money.pick.promisedOn'), kind: 'date' },
      ];
    default:
      return [reason];
  }
}

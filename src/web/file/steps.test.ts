import { describe, expect, test } from 'vitest';
import { answersOf, isAnswered, type Question } from './steps.ts';

const reason: Question = { name: 'reason', label: '原因', kind: 'longText', required: true };
const number: Question = { name: 'number', label: '号码', kind: 'text', required: true, pattern: /^\d{20}$/ };
const amount: Question = { name: 'amount', label: '金额', kind: 'amount' };
const day: Question = { name: 'on', label: '日期', kind: 'date' };
const line = { id: 'a', name: '型材', left: '3', quantity: '' };
const lines: Question = {
  name: 'lines',
  label: '',
  kind: 'quantities',
  lines: [line],
  labelOf: ({ name }) => name,
  none: '',
};

describe('an answer', () => {
  test.each([
    [reason, ' ', false],
    [reason, '写错了', true],
    [number, '123', false],
    [number, '12345678901234567890', true],
    [amount, undefined, true],
    [amount, '0', false],
    [amount, '-3', false],
    [amount, '3.5', true],
    [amount, '3,5', false],
    [day, null, true],
    [lines, [line], false],
    [lines, [{ ...line, quantity: '2' }], true],
  ] as const)('%o answered with %o may be sent: %s', (question, answer, expected) => {
    expect(isAnswered(question, answer)).toBe(expected);
  });
});

test('what was left empty is not sent, nor lines without a quantity', () => {
  const given = {
    reason: ' 退货 ',
    amount: '',
    on: null,
    lines: [line, { ...line, id: 'b', quantity: '2' }],
  };
  expect(answersOf([reason, amount, day, lines], given)).toEqual({
    reason: '退货',
    lines: [{ id: 'b', quantity: '2' }],
  });
});

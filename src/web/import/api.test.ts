import { describe, expect, it } from 'vitest';
import { answerOf, type ImportJob, type MappedColumn, questionsFor, withAnswer } from './api.ts';

const column: MappedColumn = { column: 2, header: 'Founded', field: 'foundedOn' };
const dates = { column: 'Founded', code: 'which_date_order', choices: [{ value: 'mdy', label: '3/5/2024' }] };
const job = {
  id: 'i',
  entity: 'customer',
  questions: [dates, { column: null, code: 'which_key', choices: [] }],
};
const asked = (of: MappedColumn) => questionsFor(job as unknown as ImportJob, of).map(({ code }) => code);

describe('questions of a column', () => {
  it('are those about it that its own answer settles', () => {
    expect(asked(column)).toEqual(['which_date_order']);
  });
  it.each([
    ['another column', { ...column, header: 'Other' }],
    ['a column left out', { ...column, field: null }],
  ])('none for %s', (_name, of) => {
    expect(asked(of)).toEqual([]);
  });
  it('an answer is kept with the column', () => {
    expect(answerOf(column, dates)).toBeUndefined();
    const answered = withAnswer(column, dates, 'mdy');
    expect(answered).toEqual({ ...column, dateOrder: 'mdy' });
    expect(answerOf(answered, dates)).toBe('mdy');
  });
});

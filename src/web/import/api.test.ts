import { describe, expect, it } from 'vitest';
import { choicesOf, type ImportJob, type MappedColumn, questionsFor } from './api.ts';

const column: MappedColumn = { column: 2, header: 'Founded', field: 'foundedOn', confidence: 0.9 };
const dates = { column: 'Founded', code: 'which_date_order', choices: [{ value: 'mdy', label: '3/5/2024' }] };
const key = { column: null, code: 'which_key', choices: [] };
const job: ImportJob = {
  id: 'i',
  entity: 'customer',
  fileName: 'a.csv',
  state: 'mapping',
  mapping: [column],
  questions: [dates, key],
};
const asked = (of: MappedColumn) => questionsFor(job, of).map(({ code }) => code);

describe('questions of a column', () => {
  it('are those about it', () => {
    expect(asked(column)).toEqual(['which_date_order']);
  });
  it.each([
    ['another column', { ...column, header: 'Other' }],
    ['a column left out', { ...column, field: null }],
  ])('none for %s', (_name, of) => {
    expect(asked(of)).toEqual([]);
  });
});

describe('choices', () => {
  it('say header and field only; a column known but not for import is left out', () => {
    expect(choicesOf([column, { column: 3, header: 'Made on', field: '' }])).toEqual([
      { header: 'Founded', field: 'foundedOn' },
      { header: 'Made on', field: null },
    ]);
  });
});

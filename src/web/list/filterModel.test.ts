import { describe, expect, it } from 'vitest';
import type { Filter, FilterTerm, MetaEntity, MetaField } from '../api/types.ts';
import {
  asOffered,
  firstField,
  isComplete,
  newTerm,
  nextSort,
  operatorKey,
  operatorsFor,
  parseSort,
  sortText,
  tidy,
  withOperator,
} from './filterModel.ts';

const field = (kind: MetaField['kind'], more: Partial<MetaField> = {}): MetaField => ({
  name: 'x',
  kind,
  label: 'X',
  access: 'read',
  ...more,
});

describe('a new condition', () => {
  const entity = (...fields: MetaField[]) => ({ name: 'e', title: 'name', fields }) as unknown as MetaEntity;
  const number = field('text', { name: 'number', filterable: true });
  const name = field('text', { name: 'name', filterable: true });
  it.each([
    ['what records are called by', entity(number, name), 'name'],
    ['the first that can be found by where the name cannot', entity(field('text'), number), 'number'],
    ['the first there is where none can', entity(field('text')), 'x'],
    ['nothing where nothing may be read', entity(field('text', { access: 'masked' })), undefined],
  ])('asks of %s', (_what, type, expected) => {
    expect(firstField(type)?.name).toBe(expected);
  });
});

describe('an operator that is not offered', () => {
  const term = (op: FilterTerm['op'], value: unknown): FilterTerm => ({ field: 'x', op, value });
  it.each([
    ['equal to one value: one of them', 'choice', term('eq', 'a'), term('in', ['a'])],
    ['not equal: none of them', 'region', term('ne', 'a'), term('nin', ['a'])],
    ['equal to nothing yet', 'choice', term('eq', ''), term('in', [])],
    ['offered: as it is', 'text', term('eq', 'a'), term('eq', 'a')],
  ] as const)('%s', (_name, kind, given, shown) => {
    const operators = operatorsFor(field(kind));
    expect(asOffered(given, operators)).toEqual({ term: shown, operators });
  });

  it('stands among the offered ones', () => {
    const given = term('gte', '2026-01-01');
    const offered = operatorsFor(field('date'));
    expect(asOffered(given, offered)).toEqual({ term: given, operators: [...offered, 'gte'] });
  });

  it('of a day is said as of a day', () => {
    expect(operatorKey(field('date'), 'gte')).toBe('op.gte.date');
    expect(operatorKey(field('integer'), 'gte')).toBe('op.gte');
  });
});

describe('operators', () => {
  it.each([
    ['text', 'contains'],
    ['choice', 'in'],
    ['reference', 'in'],
    ['money', 'eq'],
    ['instant', 'within'],
    ['boolean', 'eq'],
  ] as const)('%s starts with %s', (kind, first) => {
    expect(operatorsFor(field(kind))[0]).toBe(first);
    expect(newTerm(field(kind)).op).toBe(first);
  });

  it('offers contains on a choice only when it takes any text', () => {
    expect(operatorsFor(field('choice'))).not.toContain('contains');
    expect(operatorsFor(field('choice', { open: true }))).toContain('contains');
  });
});

describe('withOperator', () => {
  const term: FilterTerm = { field: 'x', op: 'in', value: ['a'] };
  it('keeps a value of the same shape', () => {
    expect(withOperator(term, 'nin')).toEqual({ field: 'x', op: 'nin', value: ['a'] });
  });
  it('drops a value of another shape', () => {
    expect(withOperator(term, 'between')).toEqual({ field: 'x', op: 'between' });
    expect(withOperator(term, 'contains')).toEqual({ field: 'x', op: 'contains' });
  });
  it('writes filled as not empty', () => {
    expect(withOperator(term, 'filled')).toEqual({ field: 'x', op: 'empty', value: false });
  });
});

describe('tidy', () => {
  const whole: FilterTerm = { field: 'a', op: 'eq', value: 1 };
  const open: FilterTerm = { field: 'b', op: 'eq' };
  it.each<[string, Filter | null, Filter | null]>([
    ['nothing', null, null],
    ['an open term', open, null],
    ['an empty group', { and: [] }, null],
    ['a group of one', { and: [whole, open] }, whole],
    ['nested empty groups', { or: [{ and: [open] }, whole, whole] }, { or: [whole, whole] }],
    ['a negation of nothing', { not: open }, null],
  ])('%s', (_name, given, left) => {
    expect(tidy(given)).toEqual(left);
  });

  it.each<[FilterTerm, boolean]>([
    [{ field: 'a', op: 'empty', value: true }, true],
    [{ field: 'a', op: 'in', value: [] }, false],
    [{ field: 'a', op: 'between', value: [1, null] }, false],
    [{ field: 'a', op: 'between', value: [1, 2] }, true],
    [{ field: 'a', op: 'eq', value: false }, true],
    [{ field: 'a', op: 'eq', value: 0 }, true],
  ])('%j complete: %s', (term, complete) => {
    expect(isComplete(term)).toBe(complete);
  });
});

describe('sorting', () => {
  it('survives text and back', () => {
    expect(sortText(parseSort('-updatedAt,name'))).toBe('-updatedAt,name');
    expect(parseSort(undefined)).toEqual([]);
  });
  it.each([
    ['', 'a', false, 'a'],
    ['a', 'a', false, '-a'],
    ['-a', 'a', false, 'a'],
    ['a,b', 'a', false, 'a'],
    ['a', 'b', true, 'a,b'],
    ['a,b', 'b', true, 'a,-b'],
    ['a,-b', 'b', true, 'a'],
  ])('%s, click on %s (shift %s) → %s', (before, name, shift, after) => {
    expect(sortText(nextSort(parseSort(before), name, shift))).toBe(after);
  });
});

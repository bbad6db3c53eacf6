import { describe, expect, test } from 'vitest';
import { completeness } from './completeness.ts';

const of = (values: Record<string, unknown>) => completeness((field) => values[field] ?? null);
const company = {
  kind: 'company',
  name: '云鹤',
  phone: '13812341234',
  email: 'a@yunhe.example',
  city: '杭州',
  address: '文三路1号',
  taxNumber: '91350100M000100Y43',
  industry: 'trade',
  size: 'small',
  source: 'referral',
  owner: 'someone',
};
const person = {
  kind: 'person',
  name: '林静',
  phone: '13812341234',
  email: 'a@yunhe.example',
  city: '杭州',
  address: '文三路1号',
  birthday: '1980-01-02',
  occupation: '医生',
  source: 'referral',
  owner: 'someone',
};

describe('how complete a file is', () => {
  test.each<[string, Record<string, unknown>, number]>([
    ['a full company', company, 100],
    ['a full person', person, 100],
    ['a name', { name: '云鹤' }, 15],
    ['a person’s name', { kind: 'person', name: '林静' }, 20],
    ['nothing', {}, 0],
    ['a company without tax number', { ...company, taxNumber: null }, 85],
    ['empty text', { ...company, phone: '' }, 85],
    ['an address marked invalid', { ...company, addressInvalid: true }, 90],
    ['an address said to be valid', { ...company, addressInvalid: false }, 100],
    ['what counts for persons only', { ...company, birthday: '1980-01-02', occupation: '医生' }, 100],
    ['a person with a company’s facts', { ...person, phone: null, taxNumber: '1', industry: 'trade' }, 75],
  ])('%s', (_name, values, expected) => {
    expect(of(values)).toBe(expected);
  });

  test('every part counts, none twice', () => {
    for (const full of [company, person]) {
      const { kind, ...parts } = full;
      const lost = Object.keys(parts).map((field) => 100 - of({ ...full, [field]: null }));
      expect(lost.every((points) => points > 0)).toBe(true);
      expect(lost.reduce((sum, points) => sum + points, 0)).toBe(100);
      expect(of({ kind })).toBe(0);
    }
  });
});

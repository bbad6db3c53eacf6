import { expect, test } from 'vitest';
import { type Plan, plansFor, type Standing } from './plans.ts';

const plan = (id: string, more: Partial<Plan> = {}): Plan => ({
  id,
  name: id,
  whose: 'own',
  period: 'month',
  adds: false,
  validFrom: '2026-01-01',
  validTo: null,
  people: [],
  roles: [],
  departments: [],
  definition: { base: 'net', mode: 'progressive', tiers: [{ from: '0', rate: '1' }] },
  ...more,
});
const lin: Standing = { person: 'lin', roles: ['seller'], departments: ['east', 'sales'], manager: 'wang' };
const day = '2026-11-20';

test.each<[string, Plan[], string[]]>([
  ['of two the first holds', [plan('a'), plan('b')], ['a']],
  ['one for others is passed over', [plan('a', { people: ['wu'] }), plan('b')], ['b']],
  ['named himself', [plan('a', { people: ['lin'] })], ['a']],
  ['by his role', [plan('a', { roles: ['buyer', 'seller'] })], ['a']],
  ['by a department above his', [plan('a', { departments: ['sales'] })], ['a']],
  ['one not yet in force', [plan('a', { validFrom: '2026-11-21' })], []],
  ['on its first and last day', [plan('a', { validFrom: day, validTo: day })], ['a']],
  ['one that is over', [plan('a', { validTo: '2026-11-19' }), plan('b')], ['b']],
  ['one that adds stands beside', [plan('a'), plan('b', { adds: true }), plan('c')], ['a', 'b']],
  ['one for managers', [plan('a', { whose: 'team' })], []],
])('%s', (_what, plans, ids) => {
  expect(plansFor(plans, 'own', lin, day).map(({ id }) => id)).toEqual(ids);
});

test('what was paid by one plan stays with it', () => {
  const plans = [plan('new'), plan('old', { validTo: '2026-10-31', people: ['wu'] })];
  expect(plansFor(plans, 'own', lin, day, new Set(['old'])).map(({ id }) => id)).toEqual(['old']);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distribute, type OpenRecord, type Plan } from './distribute.ts';

const record = (id: string, value: string | null = null, follows: string | null = null): OpenRecord => ({
  id,
  value,
  follows,
});
const plan = (rule: Plan['rule'], byHand: Plan['byHand'] = {}): Plan => ({ rule, byHand });
const customers = (...records: OpenRecord[]) => ({ entity: 'customer', records });
const tasks = (...records: OpenRecord[]) => ({ entity: 'task', records });
const given = (p: Plan, groups: Parameters<typeof distribute>[1], loads: [string, number][] = []) =>
  Object.fromEntries(distribute(p, groups, new Map(loads)));

describe('who gets what', () => {
  test('one person gets all, but what was given by hand', () => {
    const one = plan({ kind: 'one', to: 'A' }, { c2: 'B', c3: null });
    expect(given(one, [customers(record('c1'), record('c2'), record('c3'))])).toEqual({
      c1: 'A',
      c2: 'B',
      c3: null,
    });
  });

  test('work goes where its customer goes', () => {
    const one = plan({ kind: 'one', to: 'A' }, { c1: 'B', c2: null });
    const groups = [
      customers(record('c1'), record('c2')),
      tasks(
        record('t1', null, 'c1'),
        record('t2', null, 'c2'),
        record('t3', null, 'elsewhere'),
        record('t4'),
      ),
    ];
    expect(given(one, groups)).toMatchObject({ t1: 'B', t2: null, t3: 'A', t4: 'A' });
  });

  test('by a field, and the rest to someone or nobody', () => {
    const by = (otherwise: string | null) =>
      plan({ kind: 'field', field: 'city', to: { 杭州市: 'A' }, otherwise });
    const groups = [customers(record('c1', '杭州市'), record('c2', '宁波市'), record('c3'))];
    expect(given(by('B'), groups)).toEqual({ c1: 'A', c2: 'B', c3: 'B' });
    expect(given(by(null), groups)).toEqual({ c1: 'A', c2: null, c3: null });
  });

  test('only the kinds chosen', () => {
    const some = { ...plan({ kind: 'one', to: 'A' }), only: ['task'] };
    expect(given(some, [customers(record('c1')), tasks(record('t1', null, 'c1'))])).toEqual({ t1: 'A' });
  });

  test('evenly: loads differ by one at most once everyone has caught up; always the same answer', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 }),
        (count, loads) => {
          const people = loads.map((n, at) => [`p${at}`, n] as [string, number]);
          const even = plan({ kind: 'even', to: people.map(([id]) => id) });
          const groups = [customers(...Array.from({ length: count }, (_, at) => record(`c${at}`)))];
          const result = given(even, groups, people);
          expect(given(even, groups, people)).toEqual(result);
          const after = people.map(([id, n]) => n + Object.values(result).filter((to) => to === id).length);
          const total = loads.reduce((a, b) => a + b, count);
          const got = people.map(([, n], at) => (after[at] ?? 0) - n);
          expect(got.reduce((a, b) => a + b, 0)).toBe(count);
          // Who got something has no more than anyone else, but for one.
          const least = Math.min(...after);
          for (const [at, n] of got.entries())
            if (n > 0) expect((after[at] ?? 0) - least).toBeLessThanOrEqual(1);
          expect(after.reduce((a, b) => a + b, 0)).toBe(total);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figures } from './group.shared.ts';
import { type Company, rollUp } from './roll-up.ts';

const figures = (more: Partial<Figures> = {}): Figures => ({
  customers: 1,
  contacts: 0,
  openTasks: 0,
  lastContactAt: null,
  annualRevenue: null,
  ...more,
});
const company = (id: string, own: Partial<Figures> = {}): Company => ({
  id,
  title: id,
  parent: null,
  own: figures(own),
});

describe('a group', () => {
  test('counts every company once with all below it', () => {
    const above = new Map([
      ['a', null],
      ['b', 'a'],
      ['c', 'b'],
      ['d', 'a'],
    ]);
    const nodes = rollUp(
      [
        company('a', { contacts: 1, annualRevenue: '0.10' }),
        company('b', { contacts: 2, annualRevenue: '0.20', lastContactAt: '2026-02-01T00:00:00Z' }),
        company('c', { openTasks: 3, lastContactAt: '2026-03-01T00:00:00Z' }),
        company('d', { annualRevenue: '-0.05' }),
      ],
      above,
    );
    expect(nodes.map(({ id, parent, total }) => [id, parent, total.customers])).toEqual([
      ['a', null, 4],
      ['b', 'a', 2],
      ['c', 'b', 1],
      ['d', 'a', 1],
    ]);
    expect(nodes[0]?.total).toEqual({
      customers: 4,
      contacts: 3,
      openTasks: 3,
      lastContactAt: '2026-03-01T00:00:00Z',
      annualRevenue: '0.25',
    });
  });

  test('what hangs below a company out of sight hangs on the next one above', () => {
    const above = new Map([
      ['top', null],
      ['hidden', 'top'],
      ['hidden2', 'hidden'],
      ['leaf', 'hidden2'],
    ]);
    expect(rollUp([company('leaf'), company('top')], above).map(({ id, parent }) => [id, parent])).toEqual([
      ['top', null],
      ['leaf', 'top'],
    ]);
    expect(rollUp([company('leaf')], above)).toMatchObject([{ id: 'leaf', parent: null }]);
  });

  test('whatever the tree: each company stands once, after its parent, and the tops together are everything', () => {
    const trees = fc.array(fc.nat(), { minLength: 1, maxLength: 40 }).chain((ups) =>
      fc.record({
        ups: fc.constant(ups),
        seen: fc.array(fc.boolean(), { minLength: ups.length, maxLength: ups.length }),
      }),
    );
    fc.assert(
      fc.property(trees, ({ ups, seen }) => {
        const above = new Map(ups.map((up, at) => [`${at}`, at === 0 ? null : `${up % at}`]));
        const companies = ups.flatMap((_, at) => (seen[at] ? [company(`${at}`, { contacts: at })] : []));
        const nodes = rollUp(companies, above);
        expect(nodes.map(({ id }) => id).sort()).toEqual(companies.map(({ id }) => id).sort());
        const order = new Map(nodes.map(({ id }, at) => [id, at]));
        for (const [at, { parent }] of nodes.entries())
          if (parent) expect(order.get(parent)).toBeLessThan(at);
        const sum = nodes
          .filter(({ parent }) => !parent)
          .reduce((total, node) => total + node.total.contacts, 0);
        expect(sum).toBe(companies.reduce((total, { own }) => total + own.contacts, 0));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeness, DEFAULT_LIMITS, type Spending } from './rule.ts';

const rising: Spending = { spend: ['2000', '6000'], person: '6000', sales: null, margin: null };
const of = (more: Partial<Spending>) => closeness({ ...rising, ...more }, DEFAULT_LIMITS);

describe('too close', () => {
  test.each<[string, Partial<Spending>, string | null]>([
    ['rises, sales unknown', {}, 'unknown'],
    ['rises, margin falls', { sales: ['1', '2'], margin: ['100', '99'] }, 'marginFalls'],
    ['rises, no sales', { sales: ['0', '0'] }, 'noSales'],
    ['rises, sales fall, margin unknown', { sales: ['100', '99'] }, 'salesFall'],
    ['rises, sales rise, margin unknown', { sales: ['100', '101'] }, null],
    ['rises, sales fall but margin holds', { sales: ['100', '99'], margin: ['10', '10'] }, null],
    ['rises, business rises', { sales: ['100', '200'], margin: ['10', '20'] }, null],
    ['does not rise', { spend: ['6000', '6000'] }, null],
    ['rises by just half', { spend: ['4000', '6000'] }, 'unknown'],
    ['rises by less than half', { spend: ['4000.01', '6000'] }, null],
    ['is little', { spend: ['0', '2999.99'], person: '2999.99' }, null],
    ['begins', { spend: ['0', '3000'], person: '3000' }, 'unknown'],
    ['is shared', { person: '4799' }, null],
    ['is four fifths of one', { person: '4800' }, 'unknown'],
    ['is nothing', { spend: ['0', '0'], person: '0' }, null],
  ])('%s', (_what, more, business) => {
    expect(of(more)?.business ?? null).toBe(business);
  });

  test('says by how much', () => {
    expect(of({ person: '5000' })).toEqual({
      spend: '6000',
      before: '2000',
      personPercent: 83,
      business: 'unknown',
    });
  });

  test('who spends less is never closer', () => {
    const amount = fc.integer({ min: 0, max: 20_000 }).map(String);
    fc.assert(
      fc.property(amount, amount, fc.nat(100), fc.nat(100), (before, now, one, two) => {
        const part = (percent: number) => String((Number(now) * percent) / 100);
        const spend = [before, now] as const;
        const less = of({ spend, person: part(Math.min(one, two)) });
        const more = of({ spend, person: part(Math.max(one, two)) });
        if (less) expect(more).not.toBeNull();
      }),
    );
  });
});

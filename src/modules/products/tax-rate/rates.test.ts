import { describe, expect, test } from 'vitest';
import { rateOn, type TaxRateRow } from './rates.ts';

const rate = (id: string, percent: string | null, more: Partial<TaxRateRow> = {}): TaxRateRow => ({
  id,
  name: id,
  percent,
  from: null,
  to: null,
  next: null,
  standard: false,
  ...more,
});
const rates = [
  rate('16', '16', { from: '2018-05-01', to: '2019-03-31', next: '13' }),
  rate('13', '13', { from: '2019-04-01', standard: true }),
  rate('1', '1', { from: '2020-03-01', to: '2027-12-31', next: '3' }),
  rate('3', '3'),
  rate('0', '0'),
  rate('exempt', null),
  rate('ended', '11', { to: '2018-04-30' }),
  rate('round', '5', { to: '2020-01-01', next: 'about' }),
  rate('about', '5', { to: '2020-01-01', next: 'round' }),
];

describe('the rate of a day', () => {
  test.each<[string | null, string, string | null | undefined]>([
    ['13', '2026-11-23', '0.13'],
    [null, '2026-11-23', '0.13'],
    ['1', '2027-12-31', '0.01'],
    ['1', '2028-01-01', '0.03'],
    ['16', '2019-03-31', '0.16'],
    ['16', '2019-04-01', '0.13'],
    ['0', '2026-11-23', '0'],
    ['exempt', '2026-11-23', null],
    ['13', '2019-03-31', undefined],
    ['ended', '2026-11-23', undefined],
    ['round', '2026-11-23', undefined],
    ['unknown', '2026-11-23', undefined],
  ])('of what has %s on %s is %s', (id, date, expected) => {
    expect(rateOn(rates, id, date)?.rate).toBe(expected);
  });

  test('without a standard there is none for what names none', () => {
    expect(rateOn([rate('13', '13')], null, '2026-11-23')).toBeUndefined();
  });
});

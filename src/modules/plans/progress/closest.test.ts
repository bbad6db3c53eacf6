import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaNamed, areaOf, type Cut, cutKey, provincesOf } from '../plan/cut.shared.ts';
import { closestOf, keyOfCut, type Sold } from './closest.shared.ts';

const cut = (part: Partial<Cut>): Cut => ({
  product: null,
  category: null,
  area: null,
  channel: null,
  partner: null,
  ...part,
});
const sold = (part: Partial<Sold>): Sold => ({
  product: null,
  categories: [],
  province: null,
  partner: null,
  channel: 'direct',
  ...part,
});

describe('the line something counts for', () => {
  const valve = sold({ product: 'valve', categories: ['ball', 'valves'], province: '浙江' });
  test.each<[string, Partial<Cut>[], Sold, number | null]>([
    ['its product before its category', [{ category: 'valves' }, { product: 'valve' }], valve, 1],
    ['the nearer category', [{ category: 'valves' }, { category: 'ball' }], valve, 1],
    ['goods before the way they took', [{ channel: 'direct' }, { category: 'valves' }], valve, 1],
    ['a way before a place', [{ area: '浙江' }, { channel: 'direct' }], valve, 1],
    ['a province before its part of the country', [{ area: '华东' }, { area: '浙江' }], valve, 1],
    [
      'a partner before its channel',
      [{ channel: 'dealer' }, { partner: 'p' }],
      sold({ channel: 'dealer', partner: 'p' }),
      1,
    ],
    ['what names nothing takes the rest', [{ product: 'pump' }, {}], valve, 1],
    ['nothing where no line fits', [{ product: 'pump' }, { area: '四川' }], valve, null],
  ])('%s', (_what, cuts, what, at) => {
    const keys = cuts.map((each) => cutKey(cut(each)));
    expect(closestOf(new Set(keys))(what)).toBe(at === null ? null : keys[at]);
  });

  test('is the first that fits, in order of how closely lines name it, whatever lines there are', () => {
    const or = (...values: (string | null)[]) => fc.constantFrom(...values);
    const cuts = fc.record({
      product: or('a', 'b', null),
      area: or('浙江', '江苏', '华东', '华南', null),
      channel: or('direct', 'dealer', null),
      partner: or('p', 'q', null),
    });
    const goods = fc.record({
      product: or('a', 'b', 'c'),
      province: or('浙江', '广东', '江苏', null),
      partner: or('p', null),
    });
    fc.assert(
      fc.property(fc.array(cuts, { maxLength: 12 }), goods, (given, { product, province, partner }) => {
        const lines = given.map((each) => cut(each));
        const what = sold({ product, province, partner, channel: partner ? 'dealer' : 'direct' });
        const fits = (line: Cut) =>
          (line.product === null || line.product === product) &&
          (line.area === null || (province !== null && provincesOf(line.area).includes(province))) &&
          (line.partner === null
            ? line.channel === null || line.channel === what.channel
            : line.partner === partner);
        const weight = (line: Cut) =>
          (line.product ? 100 : 0) +
          (line.partner ? 20 : line.channel ? 10 : 0) +
          (line.area === null ? 0 : line.area === province ? 2 : 1);
        const [best] = lines.filter(fits).toSorted((one, other) => weight(other) - weight(one));
        expect(closestOf(new Set(lines.map(cutKey)))(what)).toBe(best ? cutKey(best) : null);
      }),
    );
  });
});

test('where products are not told, lines that differ by them alone are one', () => {
  const keys = [cut({ product: 'a', area: '浙江' }), cut({ category: 'c', area: '浙江' })];
  expect(new Set(keys.map((each) => keyOfCut(each, false))).size).toBe(1);
  expect(new Set(keys.map((each) => keyOfCut(each, true))).size).toBe(2);
});

test.each([
  ['浙江省', '浙江', '华东'],
  ['内蒙古自治区', '内蒙古', '华北'],
  ['广西壮族自治区', '广西', '华南'],
  ['重庆市', '重庆', '西南'],
  ['华东大区', '华东', null],
  ['浙江', '浙江', '华东'],
  ['火星', null, null],
])('the area %s is %s, a part of %s', (text, area, part) => {
  expect(areaNamed(text)).toBe(area);
  expect(area === null ? null : areaOf(area)).toBe(part);
});

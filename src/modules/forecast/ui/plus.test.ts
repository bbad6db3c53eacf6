import { expect, test } from 'vitest';
import { plus } from './plus.ts';

test.each([
  [[], '0.00'],
  [['0.1', '0.2'], '0.30'],
  [['10', '-12.5'], '-2.50'],
  [['99999999999999.99', '0.01', null, undefined], '100000000000000.00'],
  [['-0.05'], '-0.05'],
])('%j is %s', (amounts, sum) => expect(plus(...amounts)).toBe(sum));

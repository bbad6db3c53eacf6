import { expect, test } from 'vitest';
import { checkDigit, isMistyped, plainBarcode } from './barcode.shared.ts';

test.each([
  ['690123456789', 2],
  ['400638133393', 1],
  ['7351353', 7],
  ['03600029145', 2],
  ['1540014128876', 3],
])('the check digit of %s is %i', (body, digit) => {
  expect(checkDigit(body)).toBe(digit);
});

test.each([
  ['6901234567892', false],
  ['6901234567829', true],
  ['73513537', false],
  ['73513538', true],
  ['036000291452', false],
  ['15400141288763', false],
  // A company's own codes are its own.
  ['SKU-0001', false],
  ['123456', false],
  ['690123456789A', false],
])('%s is mistyped: %s', (code, mistyped) => {
  expect(isMistyped(code)).toBe(mistyped);
});

test('full width and spaces are how people type', () => {
  expect(plainBarcode(' ６９０１234 567892 ')).toBe('6901234567892');
});

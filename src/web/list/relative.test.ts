import { describe, expect, it } from 'vitest';
import { isRelative, RELATIVE_NAMES } from '../../platform/time/relative.shared.ts';
import { ALL_PERIODS, PERIODS } from './relative.ts';

describe('periods', () => {
  it.each(ALL_PERIODS.map((period) => [JSON.stringify(period.value), period.value]))(
    '%s is understood by the server',
    (_name, value) => {
      expect(isRelative(value)).toBe(true);
    },
  );
  it('offers every period the filter language names', () => {
    expect(PERIODS.toSorted()).toEqual(RELATIVE_NAMES.toSorted());
  });
});

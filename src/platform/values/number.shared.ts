import { Exact } from '../money/money.shared.ts';
import { done, failed, type Parsed, type Written, writtenText } from './result.shared.ts';
import { isNothing, isSpreadsheetDamage, toHalfWidth } from './text.shared.ts';

/** Which sign separates decimals: `1,200.50` (point) or `1.200,50` (comma, continental Europe). */
export type DecimalSign = 'point' | 'comma';

export type NumberOptions = {
  decimalSign?: DecimalSign;
  /** Words after the number that say nothing new (元, 人, 台 …) and are left out. */
  units?: readonly string[];
};

const SCALES: Record<string, string> = {
  百: '100',
  千: '1000',
  k: '1000',
  万: '10000',
  w: '10000',
  萬: '10000',
  百万: '1000000',
  m: '1000000',
  千万: '10000000',
  亿: '100000000',
  億: '100000000',
  万亿: '1000000000000',
};

type Shape = { sign: string; digits: string; scale: string | undefined; percent: boolean };

const sorted = new WeakMap<readonly string[], readonly string[]>();

/** Units in the order in which they are tried; sorted once for a column. */
function longestFirst(units: readonly string[]): readonly string[] {
  let known = sorted.get(units);
  if (!known) {
    known = [...units].sort((a, b) => b.length - a.length);
    sorted.set(units, known);
  }
  return known;
}

function shapeOf(written: string, units: readonly string[]): Shape | undefined {
  let text = toHalfWidth(written)
    .replace(/[−–﹣]/g, '-')
    .replace(/\s+/g, '');
  const bracketed = /^\((.+)\)$/.exec(text);
  if (bracketed?.[1]) text = `-${bracketed[1]}`;
  for (const unit of longestFirst(units)) {
    if (text.toLowerCase().endsWith(unit.toLowerCase()) && text.length > unit.length) {
      text = text.slice(0, -unit.length);
      break;
    }
  }
  const match = /^([+-]?)([\d.,'_]+)(万亿|千万|百万|[百千万萬亿億kKwWmM])?([%％])?$/.exec(text);
  if (!match?.[2] || !/\d/.test(match[2])) return undefined;
  return {
    sign: match[1] === '-' ? '-' : '',
    digits: match[2],
    scale: match[3],
    percent: match[4] !== undefined,
  };
}

/** The digits with a point as the decimal sign and no grouping; undefined when the grouping makes no sense. */
function plainDigits(digits: string, decimalSign: DecimalSign): string | undefined {
  const swapped =
    decimalSign === 'comma' ? digits.replace(/[.,]/g, (sign) => (sign === '.' ? ',' : '.')) : digits;
  const ungrouped = swapped.replace(/['_]/g, ',');
  if (/^\d*\.?\d+$|^\d+\.$/.test(ungrouped)) return ungrouped;
  // By thousands, or by ten thousands as some Chinese tables do.
  if (/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(ungrouped) || /^\d{1,4}(,\d{4})+(\.\d*)?$/.test(ungrouped)) {
    return ungrouped.replaceAll(',', '');
  }
  return undefined;
}

/**
 * A number as people write it → plain decimal: `1.2万` → 12000, `3亿`, `1,200.50`, `１２`, `12%` → 0.12,
 * `（1,200）` → -1200, `1200人` with the unit named.
 */
export function parseNumber(written: Written, options: NumberOptions = {}): Parsed<string> {
  if (typeof written !== 'string' && written.kind === 'number') {
    return written.lossy ? failed('number_lost_digits', written.text) : done(written.value);
  }
  const text = writtenText(written);
  if (typeof text !== 'string') return text;
  if (isNothing(text)) return done<string>(null);
  if (isSpreadsheetDamage(text)) return done(new Exact(text.trim()).toFixed());
  const shape = shapeOf(text, options.units ?? []);
  if (!shape) return failed('number_unreadable', text);
  const digits = plainDigits(shape.digits, options.decimalSign ?? 'point');
  if (digits === undefined) {
    const other = plainDigits(shape.digits, options.decimalSign === 'comma' ? 'point' : 'comma');
    return failed(other === undefined ? 'number_unreadable' : 'number_ambiguous', text);
  }
  if (digits.length > 38) return failed('number_unreadable', text);
  let value = new Exact(shape.sign + digits);
  if (shape.scale !== undefined) value = value.times(SCALES[shape.scale.toLowerCase()] as string);
  if (shape.percent) value = value.dividedBy(100);
  return done(value.isZero() ? '0' : value.toFixed());
}

/**
 * Decides the decimal sign over a whole column: one value such as `1.200,50` settles it, and nothing else makes it a
 * comma (`1.200` alone stays 1.2). `ambiguous` when values of both kinds appear.
 */
export function detectDecimalSign(samples: Iterable<string>): DecimalSign | 'ambiguous' {
  let point = false;
  let comma = false;
  for (const sample of samples) {
    const digits = shapeOf(sample, [])?.digits ?? sample.replace(/[^\d.,]/g, '');
    if (!/[.,]/.test(digits)) continue;
    const asPoint = plainDigits(digits, 'point');
    const asComma = plainDigits(digits, 'comma');
    if (asPoint !== undefined && asComma === undefined) point = true;
    if (asComma !== undefined && asPoint === undefined) comma = true;
  }
  if (point && comma) return 'ambiguous';
  return comma ? 'comma' : 'point';
}

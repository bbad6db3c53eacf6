import { compileExpression } from 'filtrex';
import { problem } from '../errors/problem.ts';
import { Exact } from '../money/money.shared.ts';
import { readFormula } from './tokens.ts';

type Number = InstanceType<typeof Exact>;

/** Why a formula gives no number: a stable code, with the name it is about. */
export interface NoNumber {
  code: 'formula_divides_by_zero' | 'formula_no_value' | 'formula_not_number' | 'formula_too_large';
  params?: { name: string };
}

/** What a person wrote, ready to be computed again and again. */
export interface Formula {
  /** Names of the values it needs. */
  names: readonly string[];
  /**
   * @param values plain decimals by name; `null` where there is none
   * @returns a plain decimal, exact but for divisions (40 digits)
   */
  evaluate(values: ReadonlyMap<string, string | null>): { value: string } | { problem: NoNumber };
}

/** Longest formula in characters. */
export const LONGEST_FORMULA = 2000;

class Refused extends Error {
  readonly told: NoNumber;
  constructor(told: NoNumber) {
    super(told.code);
    this.told = told;
  }
}

/**
 * Reads a formula over decimals: + - × ÷, comparisons, 如果…则…否则, 且/或/非, 最大, 最小, 四舍五入(x, digits), percentages. It can name
 * values and compute, nothing else.
 * @throws `formula_bad` where it cannot be understood, `formula_unknown_name` for a value nobody knows
 */
export function parseFormula(text: string, known: ReadonlySet<string>): Formula {
  const read = text.length <= LONGEST_FORMULA ? readFormula(text) : { at: LONGEST_FORMULA };
  if ('at' in read) throw bad(text, read.at);
  const unknown = read.names.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw problem('formula_unknown_name', {
      status: 422,
      params: { name: unknown, at: Math.max(0, text.indexOf(unknown)), length: unknown.length },
    });
  let compiled: (values: unknown) => unknown;
  try {
    compiled = compileExpression(read.text, { customProp: given, operators, extraFunctions: functions });
  } catch {
    throw bad(text, text.length);
  }
  return { names: read.names, evaluate: (values) => outcome(compiled(values)) };
}

const bad = (text: string, at: number) =>
  problem('formula_bad', { status: 422, params: { near: text.slice(Math.max(0, at - 10), at + 10), at } });

function given(name: string, _get: unknown, values: unknown): Number {
  const value = (values as ReadonlyMap<string, string | null>).get(name) ?? null;
  if (value === null) throw new Refused({ code: 'formula_no_value', params: { name } });
  return new Exact(value);
}

function outcome(result: unknown): { value: string } | { problem: NoNumber } {
  if (result instanceof Refused) return { problem: result.told };
  try {
    const value = number(result);
    if (!value.isFinite() || value.abs().gte(1e30)) return { problem: { code: 'formula_too_large' } };
    return { value: value.toFixed() };
  } catch {
    return { problem: { code: 'formula_not_number' } };
  }
}

function number(value: unknown): Number {
  if (value instanceof Exact) return value;
  if (typeof value === 'number') return new Exact(value);
  throw new Refused({ code: 'formula_not_number' });
}

type Operator<T = unknown> = (a: unknown, b: unknown) => T;
const numeric =
  <T>(compute: (a: Number, b: Number) => T): Operator<T> =>
  (a, b) =>
    compute(number(a), number(b));

const operators = {
  '+': numeric((a, b) => a.plus(b)),
  '-': (a: unknown, b: unknown) => (b === undefined ? number(a).negated() : number(a).minus(number(b))),
  '*': numeric((a, b) => a.times(b)),
  '/': numeric((a, b) => {
    if (b.isZero()) throw new Refused({ code: 'formula_divides_by_zero' });
    return a.dividedBy(b);
  }),
  '==': numeric((a, b) => a.eq(b)),
  '!=': numeric((a, b) => !a.eq(b)),
  '<': numeric((a, b) => a.lt(b)),
  '<=': numeric((a, b) => a.lte(b)),
  '>': numeric((a, b) => a.gt(b)),
  '>=': numeric((a, b) => a.gte(b)),
};

const functions: Record<string, (...values: unknown[]) => unknown> = {
  max: (...values) => Exact.max(...values.map(number)),
  min: (...values) => Exact.min(...values.map(number)),
  round: (value, digits = 0) =>
    number(value).toDecimalPlaces(Math.min(Math.max(number(digits).toNumber(), 0), 12), Exact.ROUND_HALF_UP),
  floor: (value) => number(value).floor(),
  ceil: (value) => number(value).ceil(),
  abs: (value) => number(value).abs(),
};

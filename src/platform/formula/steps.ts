import { ProblemError, problem } from '../errors/problem.ts';
import { type Formula, LONGEST_FORMULA, type NoNumber, parseFormula } from './formula.ts';

/** Several formulas, one a line, each of which may be given a name that those after it use. The last one is the result. */
export interface Steps {
  /** Names of the values they need from outside. */
  names: readonly string[];
  evaluate(values: ReadonlyMap<string, string | null>): StepsResult;
}

interface StepsResult {
  /** What was given a name, in order. */
  steps: { name: string; value: string | null }[];
  value: string | null;
  problem?: NoNumber;
}

const NAMED = /^\s*(?:\[([^[\]\n]{1,60})\]|([\p{L}_][\p{L}\p{N}_·]*))\s*[=＝](?![=＝])/u;

interface Step {
  name: string | null;
  formula: Formula;
}

/**
 * Reads lines such as `达成率 = 实际 / 目标 * 100`. Places in problems (`at`) are those of the whole text.
 * @throws `formula_bad`, `formula_unknown_name` as one formula does
 */
export function parseSteps(text: string, known: ReadonlySet<string>): Steps {
  if (text.length > LONGEST_FORMULA)
    throw problem('formula_bad', { status: 422, params: { near: '', at: LONGEST_FORMULA } });
  const names = new Set(known);
  const steps: Step[] = [];
  let at = 0;
  for (const line of text.split(/[\n；;]/)) {
    if (line.trim()) {
      const step = placed(at, () => read(line, names));
      if (step.name) names.add(step.name);
      steps.push(step);
    }
    at += line.length + 1;
  }
  if (steps.length === 0) throw problem('formula_bad', { status: 422, params: { near: '', at: 0 } });
  const given = new Set<string>();
  const needed = new Set<string>();
  for (const { name, formula } of steps) {
    for (const each of formula.names) if (!given.has(each)) needed.add(each);
    if (name) given.add(name);
  }
  return { names: [...needed], evaluate: (values) => run(steps, values) };
}

function read(line: string, known: ReadonlySet<string>): Step {
  const match = NAMED.exec(line);
  if (!match) return { name: null, formula: parseFormula(line, known) };
  const { length } = match[0];
  const formula = placed(length, () => parseFormula(line.slice(length), known));
  return { name: (match[1] ?? match[2] ?? '').trim(), formula };
}

/** Runs a reader of a part of the text; its problems tell their place in the whole. */
function placed<T>(offset: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ProblemError && typeof error.params.at === 'number') error.params.at += offset;
    throw error;
  }
}

function run(steps: readonly Step[], values: ReadonlyMap<string, string | null>): StepsResult {
  const known = new Map(values);
  const told: StepsResult['steps'] = [];
  let last: ReturnType<Formula['evaluate']> | undefined;
  for (const { name, formula } of steps) {
    last = formula.evaluate(known);
    const value = 'value' in last ? last.value : null;
    if (!name) continue;
    known.set(name, value);
    told.push({ name, value });
    // What has no number says why itself; what builds on it would only say that it is missing.
    if ('problem' in last) break;
  }
  if (!last || 'problem' in last)
    return { steps: told, value: null, ...(last ? { problem: last.problem } : {}) };
  return { steps: told, value: last.value };
}

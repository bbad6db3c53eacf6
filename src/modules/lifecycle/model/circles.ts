import type { StageMove } from './definition.shared.ts';

/** Moves that lead back to where they began, by their places. */
export interface Circle {
  moves: number[];
  /** Their rules hold together for sure where a customer's values allow it; else only data can tell. */
  certain: boolean;
}

const LONGEST = 4;
const MOST = 100;

/**
 * Ways that go round by rules which can hold at the same time: a customer would be sent along them for ever. Rules that
 * exclude each other — below 100 here, 100 and more there — are no contradiction.
 */
export function circlesOf(moves: readonly StageMove[]): Circle[] {
  const found: Circle[] = [];
  const walk = (way: number[]): void => {
    if (found.length >= MOST) return;
    const first = moves[way[0] as number] as StageMove;
    const last = moves[way.at(-1) as number] as StageMove;
    if (last.to === first.from) {
      const met = meet(way.map((at) => moves[at]?.filter));
      if (met !== 'never') found.push({ moves: way, certain: met === 'surely' });
      return;
    }
    if (way.length === LONGEST) return;
    for (const [at, move] of moves.entries()) {
      const fresh = at > (way[0] as number) && !way.some((each) => moves[each]?.from === move.from);
      if (move.filter && move.from === last.to && fresh) walk([...way, at]);
    }
  };
  for (const [at, move] of moves.entries()) if (move.filter) walk([at]);
  return found;
}

interface Atom {
  /** What is compared: two of one key speak of the same value. */
  key: string;
  /** Told by a measure or by related records: what two of these say may hang together in ways nobody sees here. */
  derived: boolean;
  allowed: Range | null;
}

interface Range {
  from: number;
  to: number;
  /** Among listed values. */
  among?: readonly unknown[];
}

/** Whether rules can hold together. */
function meet(filters: readonly unknown[]): 'surely' | 'perhaps' | 'never' {
  const atoms = filters.flatMap(atomsOf);
  const known = new Map<string, Range>();
  for (const { key, allowed } of atoms) {
    if (!allowed) continue;
    const both = overlap(known.get(key), allowed);
    if (!both) return 'never';
    known.set(key, both);
  }
  const unclear = atoms.some(({ allowed }) => !allowed);
  const derived = new Set(atoms.flatMap(({ key, derived: is }) => (is ? key : [])));
  return unclear || derived.size > 1 ? 'perhaps' : 'surely';
}

function overlap(one: Range | undefined, other: Range): Range | null {
  if (!one) return other;
  if (one.among || other.among) {
    const [list, rest] = one.among ? [one.among, other] : [other.among as readonly unknown[], one];
    const among = list.filter((value) => (rest.among ? rest.among.includes(value) : within(value, rest)));
    return among.length ? { ...one, among } : null;
  }
  const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
  return from <= to ? { from, to } : null;
}

const within = (value: unknown, { from, to }: Range) =>
  typeof value !== 'number' || (value >= from && value <= to);

type Node = Record<string, unknown>;

/** The comparisons a rule is made of; what is no plain conjunction is one that nobody understands here. */
function atomsOf(filter: unknown): Atom[] {
  const node = filter as Node;
  if (Array.isArray(node.and)) return node.and.flatMap(atomsOf);
  if (node.measure) {
    const { op, value, ...rest } = node.measure as Node;
    return [{ key: JSON.stringify(['measure', rest]), derived: true, allowed: rangeOf(op, value) }];
  }
  const { op, value, ...rest } = node;
  const plain = typeof rest.field === 'string' && Object.keys(rest).length === 1;
  const derived = 'related' in rest;
  if (!plain && !derived) return [{ key: JSON.stringify(node), derived: false, allowed: null }];
  return [{ key: JSON.stringify(rest), derived, allowed: rangeOf(op, value) }];
}

/** Just beside a number: comparisons leave the number itself out. */
const BESIDE = 1e-9;

function rangeOf(op: unknown, value: unknown): Range | null {
  const all = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  if (op === 'in' && Array.isArray(value)) return { ...all, among: value };
  if (op === 'eq' && typeof value !== 'object') return { ...all, among: [value] };
  if (typeof value !== 'number') return null;
  if (op === 'gte') return { ...all, from: value };
  if (op === 'gt') return { ...all, from: value + BESIDE };
  if (op === 'lte') return { ...all, to: value };
  if (op === 'lt') return { ...all, to: value - BESIDE };
  return null;
}

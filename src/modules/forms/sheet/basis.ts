import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { seesFields, wordOf } from './base.ts';

/** What decided a grade, as it was kept. */
export interface Basis {
  /** rule, periodEnd, hand or scheme. */
  cause: string;
  note: string | null;
  readings: readonly { term?: unknown; value: unknown; points?: unknown }[];
  /** Of a score: its parts, in the order of the readings. */
  terms: readonly unknown[] | null;
}

/** 依据 in a line, and the fields it tells. */
interface Told {
  text: string;
  needs: string[];
}

interface Part extends Told {
  /** What was asked of it, such as `≥ 2`. */
  asked?: string;
}

const MOST_PARTS = 4;
const SIGNS: Record<string, string> = { gte: '≥', gt: '>', lte: '≤', lt: '<', eq: '=' };

/** What decided, as far as the caller may know it: rules see more than people do. */
export function basisOf(ctx: Context, { cause, note, readings, terms }: Basis): Told {
  const hand = wordOf(ctx, 'forms.byHand');
  if (cause === 'hand') return { text: note ? `${hand}：${note}` : hand, needs: [] };
  const parts = readings.flatMap((reading, at) => {
    const part = partOf(ctx, reading.term ?? terms?.[at]);
    const had = valueWords(reading.value);
    return part && had && seesFields(ctx, part.needs) ? [{ ...part, text: saying(part, had) }] : [];
  });
  const shown = parts.slice(0, MOST_PARTS);
  return { text: shown.map(({ text }) => text).join('；'), needs: shown.flatMap(({ needs }) => needs) };
}

const saying = ({ text, asked }: Part, had: string): string => `${text} ${had}${asked ? `（${asked}）` : ''}`;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** A part of a score, or a condition, by what it compares; null for what a line cannot say. */
function partOf(ctx: Context, term: unknown): Part | null {
  if (!isObject(term)) return null;
  if (isObject(term.source)) {
    const part = partOf(ctx, term.source);
    return part && typeof term.label === 'string' && term.label ? { ...part, text: term.label } : part;
  }
  if (typeof term.measure === 'string') return measurePart(ctx, term.measure);
  if (isObject(term.measure)) {
    const { name, op, value } = term.measure;
    const sign = SIGNS[String(op)];
    return { ...measurePart(ctx, String(name)), ...(sign ? { asked: `${sign} ${valueWords(value)}` } : {}) };
  }
  const field = entityNamed(ctx.registry, 'customer').fields[String(term.field)];
  // Personal data stands on no sheet.
  if (!field || field.sensitive) return null;
  return { text: field.label[ctx.principal.language], needs: [`customer.${field.name}`] };
}

/** A number follows from a field of the same name, or from records one has to be able to read. */
function measurePart(ctx: Context, name: string): Told {
  const { fields } = entityNamed(ctx.registry, 'customer');
  const through = Object.keys(ctx.measures.get(name)?.through ?? {});
  const needs = through.map((type) => `${type}.${entityNamed(ctx.registry, type).title}`);
  return {
    text: wordOf(ctx, `measure.${name}`),
    needs: fields[name] ? [`customer.${name}`, ...needs] : needs,
  };
}

/** Numbers are read in groups of three, as amounts are. */
const valueWords = (value: unknown): string => {
  if (typeof value !== 'number' && typeof value !== 'string') return '';
  const number = /^(-?\d{5,})(\.\d+)?$/.exec(String(value));
  return number ? `${number[1]?.replace(/\B(?=(\d{3})+$)/g, ',')}${number[2] ?? ''}` : String(value);
};

import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { uuidv7 } from '../../../platform/db/uuid.ts';
import { type Draft, draftValue, type Row } from '../../../platform/entity/behaviour.ts';
import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import type { PricedLine } from '../../products/public.ts';
import { USUAL_TAX_RATE } from './amounts.shared.ts';
import { type Group, groupsOf } from './groups.shared.ts';

/** Digits after the point that a written decimal may have. */
const DIGITS = 6;

type PricedPart = PricedLine['parts'][number];

const of = (line: Draft, name: string, column: string) => draftValue(line, name, column) as string | null;

export const bundledOf = (line: Draft) => of(line, 'bundled', 'bundled');
export const productOf = (line: Draft) => of(line, 'product', 'product_id');
/** Which part of the bundle a line is, or stands for. */
const partOf = (line: Draft) => of(line, 'insteadOf', 'instead_of_id') ?? productOf(line);

/** Whether what is bought is another than before, or there was nothing. */
const isOther = ({ before, values }: Draft) =>
  before === null ||
  ('product' in values && values.product !== before.product_id) ||
  ('insteadOf' in values && (values.insteadOf ?? null) !== before.instead_of_id);

/** The lines of a document with their parts. Of a bundle that became another product the parts go. */
export function groupsIn(draft: Draft): Group<Draft>[] {
  const groups = groupsOf(draft.parts?.lines ?? [], bundledOf);
  const left: Row[] = [];
  for (const { line, parts } of groups) {
    if (line.before === null || !isOther(line)) continue;
    left.push(...parts.flatMap(({ before }) => (before ? [before] : [])));
    parts.splice(0, parts.length, ...parts.filter(({ before }) => before === null));
    if (parts.length === 0) line.values.bundled = null;
  }
  if (left.length) {
    draft.gone = { ...draft.gone, lines: [...(draft.gone?.lines ?? []), ...left] };
    putBack(draft, groups);
  }
  return groups;
}

/** The lines in their order, as they stand in their groups. */
export function putBack(draft: Draft, groups: readonly Group<Draft>[]): void {
  draft.parts = { ...draft.parts, lines: groups.flatMap(({ line, parts }) => [line, ...parts]) };
}

/** What is asked for prices: which parts are in it. Undefined for all that the bundle has. */
export const chosenOf = ({ line, parts }: Pick<Group<Draft>, 'line' | 'parts'>) =>
  parts.length || (bundledOf(line) === 'whole' && line.before !== null)
    ? parts.map((part) => ({ part: partOf(part) ?? '', product: productOf(part) ?? '' }))
    : undefined;

/**
 * Puts the parts of a bundle beneath its line: those given, completed from what the house knows of them, or all. What two sides
 * have `agreed` on stays as it is, also where the bundle is another by now.
 */
export function fitParts(group: Group<Draft>, priced: PricedLine, agreed: boolean): void {
  const { line, parts } = group;
  const begun = isOther(line);
  if (priced.parts.length === 0 && (!agreed || parts.length === 0)) {
    if (begun && bundledOf(line) === 'whole') line.values.bundled = null;
    return;
  }
  // What was written as one line before there were parts stays one.
  if (!begun && line.before?.bundled !== 'whole') return;
  line.values.bundled = 'whole';
  if (parts.length === 0) parts.push(...priced.parts.map(({ part }) => fresh(part)));
  const unit = 'unit' in line.values;
  for (const row of parts) {
    const known = priced.parts.find(({ part }) => part === partOf(row));
    complete(row, known, { agreed, unit });
  }
}

const fresh = (product: string): Draft => ({
  id: uuidv7(),
  before: null,
  values: { product, bundled: 'part' },
  problems: [],
  warnings: [],
});

function complete(
  row: Draft,
  part: PricedPart | undefined,
  { agreed, unit }: { agreed: boolean; unit: boolean },
): void {
  const { values, before } = row;
  const begun = isOther(row);
  const kept = (name: 'inOne' | 'weight', now: string | undefined, anew: boolean) => {
    if (agreed && values[name]) return;
    delete values[name];
    if (now !== undefined && (before === null || anew)) values[name] = short(now);
  };
  kept('inOne', part?.inOne, begun || unit);
  kept('weight', part?.weight, true);
  Object.assign(values, { discount: null, listPrice: null, offeredPrice: null, minimumPrice: null });
  if (!part) return;
  if (begun) {
    values.name ??= part.name;
    values.unit = part.unit;
    if (values.taxRate === undefined) values.taxRate = part.tax ? part.tax.rate : USUAL_TAX_RATE;
  }
  values.cost = part.cost;
}

const short = (text: string) => new Exact(text).toDecimalPlaces(DIGITS).toFixed();

/** What of a bundle's parts follows from its line: how many they are, and the line's rate where they share one. */
export function followWhole({ line, parts }: Group<Draft>, currency: string): void {
  if (parts.length === 0) return;
  const quantity = of(line, 'quantity', 'quantity');
  for (const part of parts) {
    const inOne = of(part, 'inOne', 'in_one') ?? '1';
    part.values.quantity = short(new Exact(inOne).times(quantity ?? 1).toFixed());
    part.values.price ??= '0';
    if (typeof part.values.cost === 'string') part.values.cost = roundMoney(part.values.cost, currency);
  }
  const rates = new Set(parts.map((part) => of(part, 'taxRate', 'tax_rate')));
  const [rate] = rates;
  line.values.taxRate = rates.size === 1 ? rate : null;
  // What it costs stands with its parts.
  line.values.cost = null;
}

/** What one unit of a part comes to by its share, for whoever asks the price of it alone. */
export const unitPrice = (share: string, quantity: string): string =>
  new Exact(quantity).isZero() ? '0' : short(new Exact(share).dividedBy(quantity).toFixed());

interface Rule {
  bundle: string;
  part: string;
  name: string;
  optional: boolean;
  alternatives: string[];
}

/** Says what a bundle does not allow: a part left out that must be in it, or one that is not of it. */
export async function checkParts(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const touched = drafts.flatMap((draft) => {
    const stored = storedParts(draft);
    return groupsOf(draft.parts?.lines ?? [], bundledOf).filter(({ line, parts }) => {
      if (bundledOf(line) === 'part') line.problems.push({ path: 'product', code: 'part_without_bundle' });
      if (bundledOf(line) !== 'whole') return false;
      return isOther(line) || stored.get(line.id) !== keyOf(parts.map(partOf)) || parts.some(isOther);
    });
  });
  if (touched.length === 0) return;
  const bundles = [...new Set(touched.map(({ line }) => productOf(line)))];
  const { rows } =
    await sql<Rule>`select b.bundle_id as bundle, b.part_id as part, p.name, b.optional is true as optional,
      b.alternative_ids as alternatives
    from bundle_part b join product p on p.id = b.part_id
    where b.bundle_id = any(${bundles}::uuid[]) and b.deleted_at is null`.execute(ctx.db);
  const rules = Map.groupBy(rows, ({ bundle }) => bundle);
  for (const { line, parts } of touched) checkGroup(line, parts, rules.get(productOf(line) ?? '') ?? []);
}

function checkGroup(line: Draft, parts: readonly Draft[], rules: readonly Rule[]): void {
  const taken = parts.map(partOf);
  for (const { part, name, optional } of rules)
    if (!optional && !taken.includes(part))
      line.problems.push({ path: 'product', code: 'bundle_part_missing', params: { name } });
  if (parts.length === 0) line.problems.push({ path: 'product', code: 'bundle_without_parts' });
  for (const [at, row] of parts.entries()) {
    if (!isOther(row)) continue;
    const rule = rules.find(({ part }) => part === taken[at]);
    const product = productOf(row);
    const fits = rule && (product === rule.part || rule.alternatives.includes(product ?? ''));
    if (!fits || taken.indexOf(taken[at] ?? null) < at)
      row.problems.push({ path: 'product', code: 'bundle_part_foreign' });
  }
}

/** Whether a bundle has other parts than it has in the store: where they make its price it is another. */
export function hasOtherParts(draft: Draft): (group: Group<Draft>) => boolean {
  const stored = storedParts(draft);
  return ({ line, parts }) =>
    bundledOf(line) === 'whole' && line.before !== null && stored.get(line.id) !== keyOf(parts.map(partOf));
}

/** Of every bundle of a document the parts it has in the store. */
function storedParts(draft: Draft): Map<unknown, string> {
  const rows = [
    ...(draft.parts?.lines ?? []).flatMap(({ before }) => (before ? [before] : [])),
    ...(draft.gone?.lines ?? []),
  ].sort((a, b) => Number(a.position) - Number(b.position));
  return new Map(
    groupsOf(rows, ({ bundled }) => bundled).map(({ line, parts }) => [
      line.id,
      keyOf(parts.map((row) => (row.instead_of_id ?? row.product_id) as string | null)),
    ]),
  );
}

const keyOf = (parts: readonly (string | null)[]) => [...parts].sort().join();

import type { Context } from '../../../platform/context/context.ts';
import type { Link } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { readAmount } from '../../../platform/money/amounts.shared.ts';
import { minorUnits } from '../../../platform/money/currencies.shared.ts';
import { isTooPrecise } from '../../../platform/money/money.shared.ts';
import { readSheet, type SheetRow } from '../../../platform/tabular/sheet.ts';
import { partsOf } from '../../../platform/time/period.shared.ts';
import { areaNamed, cutKey } from '../plan/cut.shared.ts';
import { NO_MONTHS, spread } from '../plan/months.shared.ts';
import { columnReader, type PlanColumn } from './columns.ts';
import { type LinksNamed, linksNamed } from './names.ts';

/** A line as a file has it, ready to be looked at in the grid. */
export interface ReadLine {
  product: Link | null;
  category: Link | null;
  area: string | null;
  channel: string | null;
  partner: Link | null;
  amounts: string[];
  quantities: string[];
  remark: string | null;
}

export interface ReadPlan {
  lines: ReadLine[];
  /** Rows that could not be taken over, each with why. */
  refused: { line: number; reason: string }[];
}

/** More lines a plan does not have. */
const MOST = 2000;

/** Reads a plan's table: what it says is checked row by row, nothing is stored. */
export async function readPlan(ctx: Context, id: string, path: string): Promise<ReadPlan> {
  const plan = await readRecord(ctx, 'salesPlan', id);
  const months = partsOf('year', plan.startsOn as string, 'month');
  const sheet = await readSheet(path, columnReader(ctx, months), MOST);
  const tells = [...sheet.known].some((column) => /^(amount|quantity)/.test(column));
  if (!tells)
    throw problem('plan_table_unknown', { params: { headers: sheet.headers.slice(0, 12).join('、') } });
  if (sheet.cut) throw problem('plan_table_long', { params: { max: MOST } });
  const names = await linksNamed(ctx, sheet.rows);
  const seen = new Set<string>();
  const read: ReadPlan = { lines: [], refused: [] };
  for (const row of sheet.rows) {
    const line = lineOf(ctx, row, names);
    const key = typeof line === 'string' ? '' : cutKey(cutOf(line));
    if (typeof line === 'string') read.refused.push({ line: row.line, reason: line });
    else if (seen.has(key)) read.refused.push({ line: row.line, reason: say(ctx, 'plan_line_twice') });
    else {
      seen.add(key);
      read.lines.push(line);
    }
  }
  return read;
}

const say = (ctx: Context, code: string, params: Record<string, string> = {}): string =>
  translate(ctx.registry.words, ctx.principal.language, `error.${code}`, params);

const cutOf = ({ product, category, area, channel, partner }: ReadLine) => ({
  product: product?.id ?? null,
  category: category?.id ?? null,
  area,
  channel,
  partner: partner?.id ?? null,
});

/** A row as a line, or why it is none. */
function lineOf(ctx: Context, { cells }: SheetRow<PlanColumn>, names: LinksNamed): ReadLine | string {
  const links: Partial<Record<'product' | 'category' | 'partner', Link>> = {};
  for (const field of ['product', 'category', 'partner'] as const) {
    const text = cells[field];
    if (!text) continue;
    const found = names(field, text);
    if (found.length !== 1)
      return say(ctx, found.length ? 'plan_name_twice' : 'plan_name_unknown', { name: text });
    links[field] = found[0] as Link;
  }
  if (links.product && links.category) return say(ctx, 'plan_of_one');
  const area = cells.area ? areaNamed(cells.area) : null;
  if (cells.area && !area) return say(ctx, 'plan_area_unknown');
  const channel = cells.channel ? channelNamed(ctx, cells.channel) : null;
  if (cells.channel && !channel) return say(ctx, 'plan_name_unknown', { name: cells.channel });
  const amounts = monthsOf(ctx, cells, 'amount', minorUnits(ctx.currency));
  const quantities = monthsOf(ctx, cells, 'quantity', 0);
  if (typeof amounts === 'string') return amounts;
  if (typeof quantities === 'string') return quantities;
  if (amounts.some((amount) => isTooPrecise(amount, ctx.currency))) return say(ctx, 'plan_too_precise');
  return {
    product: links.product ?? null,
    category: links.category ?? null,
    area,
    channel,
    partner: links.partner ?? null,
    amounts,
    quantities,
    remark: cells.remark?.slice(0, 500) ?? null,
  };
}

function channelNamed(ctx: Context, text: string): string | null {
  const options = ctx.registry.byName.get('salesPlanLine')?.fields.channel?.options ?? [];
  return options.find(({ value, zh, en }) => [value, zh, en].includes(text))?.value ?? null;
}

/** Twelve numbers: the months where the row has some, else its year divided evenly. */
function monthsOf(
  ctx: Context,
  cells: SheetRow<PlanColumn>['cells'],
  measure: 'amount' | 'quantity',
  digits: number,
): string[] | string {
  const bad = (text: string) => say(ctx, 'plan_no_number', { text });
  const months: string[] = [];
  for (const at of NO_MONTHS.keys()) {
    const text = cells[`${measure}.${at}`] ?? '';
    const amount = readAmount(text);
    if (amount === null) return bad(text);
    months.push(amount || '0');
  }
  const whole = cells[measure] ?? '';
  const year = readAmount(whole);
  if (year === null) return bad(whole);
  return months.every((month) => month === '0') && year ? spread(year, NO_MONTHS, digits) : months;
}

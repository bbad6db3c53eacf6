import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Context } from '../../../platform/context/context.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { readAmount } from '../../../platform/money/amounts.shared.ts';
import { readSheet, type SheetRow } from '../../../platform/tabular/sheet.ts';
import { writeTable } from '../../../platform/tabular/write.ts';
import { type PartnerRow, requireActive } from '../side.ts';
import { closes, closingOf } from '../stock/sums.shared.ts';
import { type StockItem, stockOf } from './stock.ts';

const FLOWS = ['opening', 'inflow', 'outflow', 'closing'] as const;
const COLUMNS = ['product', 'code', ...FLOWS] as const;
type StockColumn = (typeof COLUMNS)[number];

/** A row of a partner's table, as it will stand once it is saved. */
export interface ReadStock {
  product: string;
  opening: string;
  inflow: string;
  outflow: string;
}

export interface ReadStocks {
  lines: ReadStock[];
  /** Rows that could not be taken over, each with why. */
  refused: { line: number; reason: string }[];
}

/** A partner sells no more products than these. */
const MOST = 500;

const say = (ctx: Context, key: string, params: Record<string, string> = {}): string =>
  translate(ctx.registry.words, ctx.principal.language, key, params);

const labelOf = (column: StockColumn): string =>
  column === 'code' ? 'product.code' : `stockDeclaration.${column}`;

/** A month as a table to fill in: every product with what it begins with. */
export async function stockTable(ctx: Context, partner: PartnerRow, month: string): Promise<Buffer> {
  const { items } = await stockOf(ctx, partner, month);
  const heads = COLUMNS.map((column) => ({
    header: say(ctx, labelOf(column)),
    kind: column === 'product' || column === 'code' ? ('text' as const) : ('number' as const),
  }));
  const rows = items.map((item) => [
    item.name,
    item.code,
    item.opening ?? item.before,
    item.inflow,
    item.outflow,
    item.closing,
  ]);
  const out = new PassThrough();
  const [content] = await Promise.all([buffer(out), writeTable(out, 'xlsx', heads, rows, month)]);
  return content;
}

/** Reads a month's table row by row: what adds up can be looked at and saved, of the rest is told why not. Nothing is stored. */
export async function readStock(
  ctx: Context,
  partner: PartnerRow,
  month: string,
  path: string,
): Promise<ReadStocks> {
  requireActive(partner);
  const sheet = await readSheet(path, columnReader(ctx), MOST);
  const named = sheet.known.has('product') || sheet.known.has('code');
  if (!named || !(sheet.known.has('inflow') || sheet.known.has('outflow') || sheet.known.has('closing')))
    throw problem('stock_table_unknown', { params: { headers: sheet.headers.slice(0, 12).join('、') } });
  if (sheet.cut) throw problem('stock_table_long', { params: { max: MOST } });
  const { items } = await stockOf(ctx, partner, month);
  const read: ReadStocks = { lines: [], refused: [] };
  const seen = new Set<string>();
  for (const row of sheet.rows) {
    const line = lineOf(ctx, row, items);
    if (typeof line === 'string') read.refused.push({ line: row.line, reason: line });
    else if (line && seen.has(line.product))
      read.refused.push({ line: row.line, reason: say(ctx, 'error.stock_twice') });
    else if (line) {
      seen.add(line.product);
      read.lines.push(line);
    }
  }
  return read;
}

function columnReader(ctx: Context): (header: string) => StockColumn | null {
  const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  const names = new Map<string, StockColumn>();
  for (const column of COLUMNS)
    for (const language of ['zh', 'en'] as const) {
      const key = labelOf(column);
      const synonyms = translate(ctx.registry.words, language, `${key}.synonyms`);
      const words = [translate(ctx.registry.words, language, key), column];
      if (synonyms !== `${key}.synonyms`) words.push(...synonyms.split('|'));
      for (const word of words) names.set(plain(word), column);
    }
  return (header) => names.get(plain(header)) ?? null;
}

/** A row as a line, why it is none, or null where nothing was filled in. */
function lineOf(
  ctx: Context,
  { cells }: SheetRow<StockColumn>,
  items: readonly StockItem[],
): ReadStock | string | null {
  const numbers = new Map<StockColumn, string>();
  for (const column of FLOWS) {
    const text = cells[column];
    if (text === undefined) continue;
    const amount = readAmount(text);
    if (amount === null) return say(ctx, 'error.stock_no_number', { text });
    numbers.set(column, amount);
  }
  if (![...numbers.keys()].some((column) => column !== 'opening')) return null;
  const texts = [cells.code, cells.product].filter((text) => text !== undefined);
  const found = items.filter(({ name, code, barcode }) =>
    texts.some((text) => text === code || text === barcode || text === name),
  );
  const [item] = found;
  if (!item) return say(ctx, 'error.not_for_partner_named', { name: texts.join(' ') });
  if (found.length > 1) return say(ctx, 'error.stock_product_twice', { name: texts.join(' ') });
  const flow = {
    opening: numbers.get('opening') ?? item.opening ?? item.before ?? '0',
    inflow: numbers.get('inflow') ?? '0',
    outflow: numbers.get('outflow') ?? '0',
  };
  const closing = closingOf(flow);
  if (closing.startsWith('-')) return say(ctx, 'error.stock_below_zero');
  const told = numbers.get('closing');
  if (told !== undefined && !closes({ ...flow, closing: told }))
    return say(ctx, 'error.stock_does_not_close', { closing });
  return { product: item.product, ...flow };
}

import type { Context } from '../../../platform/context/context.ts';
import { type Language, translate } from '../../../platform/i18n/translations.ts';
import { capitalAmount } from '../../../platform/money/capitals.shared.ts';
import { formatDecimal, formatMoney } from '../../../platform/money/format.shared.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import type { Letterhead, PrintBlock, PrintPage } from '../../../platform/print/page.ts';
import { instantToLocal } from '../../../platform/time/instant.shared.ts';
import type { SeenLine, SeenPart, SeenQuote } from '../link/seen.shared.ts';

export interface PaperWish {
  language: Language;
  /** Without prices: what is offered, not for how much. */
  prices: boolean;
  /** What is in bundles, beneath them. */
  parts: boolean;
  /** In whose name it is, above everything. */
  letterhead: Letterhead;
  /** Image of our seal, as a data URL. */
  seal?: string | undefined;
}

/** A quote that somebody let through is final; before that its paper says so across every page and bears no seal. */
const isFinal = ({ status }: SeenQuote) =>
  ['approved', 'sent', 'confirmed', 'declined', 'expired'].includes(status);

/** 报价单 as an A4 page: our name above, lines with tax, sums and the amount in capitals, terms, signatures. */
export function quotePage(
  ctx: Pick<Context, 'registry' | 'timeZone' | 'now'>,
  quote: SeenQuote,
  { language, prices, parts, letterhead, seal }: PaperWish,
): PrintPage {
  const say = (key: string, params: Record<string, string> = {}) =>
    translate(ctx.registry.words, language, `quote.paper.${key}`, params);
  const final = isFinal(quote);
  const at = instantToLocal(ctx.now, ctx.timeZone).replace('T', ' ').slice(0, 16);
  return {
    title: say('title'),
    subtitle: [quote.number, quote.edition > 1 ? say('edition', { edition: String(quote.edition) }) : '']
      .filter(Boolean)
      .join('　'),
    company: letterhead.name,
    letterhead,
    language,
    ...(final ? {} : { watermark: say('draft') }),
    blocks: [
      {
        kind: 'facts',
        facts: [
          { label: say('customer'), value: quote.customer ?? '' },
          { label: say('contact'), value: quote.contact ?? '' },
          { label: say('date'), value: quote.date },
          { label: say('seller'), value: quote.seller ?? '' },
          { label: say('valid'), value: quote.validUntil ?? '' },
          { label: say('currency'), value: quote.currency },
        ],
      },
      linesOf(quote, { prices, parts }, say),
      ...(prices ? sumsOf(quote, say, language) : []),
      ...(quote.terms
        ? ([
            { kind: 'text', text: say('terms'), muted: true },
            { kind: 'text', text: quote.terms },
          ] satisfies PrintBlock[])
        : []),
    ],
    signatures: [
      { label: say('us'), name: letterhead.name, ...(final && seal ? { seal } : {}) },
      { label: say('customerSign'), ...(quote.answeredBy ? { name: quote.answeredBy } : {}) },
    ],
    note: say('printed', { at }),
  };
}

type Say = (key: string, params?: Record<string, string>) => string;

/** Mixed in a bundle: its parts' tax stands in the sums. */
const MIXED = '';

function linesOf(
  quote: SeenQuote,
  { prices, parts: shown }: Pick<PaperWish, 'prices' | 'parts'>,
  say: Say,
): PrintBlock {
  const money = (amount: string) => formatMoney({ amount, currency: quote.currency });
  const discounted = quote.lines.some(({ discount }) => discount !== null && !new Exact(discount).isZero());
  const specified = quote.lines.some((line) =>
    [line, ...line.parts].some(({ specification }) => specification),
  );
  const remarked = quote.lines.some((line) => [line, ...line.parts].some(({ remark }) => remark));
  const columns: (readonly [
    string,
    number,
    'left' | 'right' | 'center',
    (line: SeenLine, at: number) => string,
  ])[] = [
    ['no', 0.4, 'center', (_, at) => String(at + 1)],
    ['name', 2.2, 'left', ({ name }) => name],
    ...(specified
      ? [['specification', 1.4, 'left', ({ specification }: SeenLine) => specification ?? ''] as const]
      : []),
    ['unit', 0.6, 'center', ({ unit }) => unit ?? ''],
    ['quantity', 0.8, 'right', ({ quantity }) => new Exact(quantity).toFixed()],
  ];
  if (prices) {
    columns.push([
      quote.pricesIncludeTax ? 'price' : 'netPrice',
      1.2,
      'right',
      ({ price }) => formatDecimal(price, 'zh', Math.max(2, new Exact(price).decimalPlaces())),
    ]);
    if (discounted) columns.push(['discount', 0.7, 'right', ({ discount }) => percent(discount, 100)]);
    columns.push([
      'tax',
      0.7,
      'right',
      ({ taxRate }) => (taxRate === null ? say('exempt') : taxRate === MIXED ? '' : percent(taxRate, 1)),
    ]);
    columns.push(['amount', 1.3, 'right', ({ gross }) => money(gross)]);
  }
  if (remarked) columns.push(['remark', 1.2, 'left', ({ remark }) => remark ?? '']);
  const total = columns.map(([name], at) =>
    name === 'amount' ? money(quote.total) : at === 1 ? say('sum') : '',
  );
  return {
    kind: 'table',
    columns: columns.map(([name, weight, align]) => ({ label: say(name), weight, align })),
    rows: quote.lines.flatMap((line, at) => [
      columns.map(([, , , text]) => text(line, at)),
      ...(shown ? line.parts : []).map((part) => columns.map(([name]) => partText(part, name))),
    ]),
    ...(prices ? { total } : {}),
  };
}

/** A part of a bundle, set in beneath it: what it is and how many, no prices. */
function partText({ name, specification, unit, quantity, remark }: SeenPart, column: string): string {
  const texts: Readonly<Record<string, string | null>> = {
    name: `　· ${name}`,
    specification,
    unit,
    quantity: new Exact(quantity).toFixed(),
    remark,
  };
  return texts[column] ?? '';
}

const percent = (value: string | null, whole: number): string =>
  value === null || (whole === 100 && new Exact(value).isZero())
    ? ''
    : `${new Exact(value).times(100 / whole).toFixed()}%`;

/** What was taken off, net and tax, and on Chinese paper the amount in yuan in banker's capitals. */
function sumsOf(quote: SeenQuote, say: Say, language: Language): PrintBlock[] {
  const money = (amount: string) => formatMoney({ amount, currency: quote.currency });
  const deduction = quote.deduction && !new Exact(quote.deduction).isZero() ? quote.deduction : null;
  const facts = [
    { label: say('net'), value: money(quote.net) },
    { label: say('taxAmount'), value: money(quote.taxAmount) },
    { label: say('total'), value: money(quote.total) },
  ];
  return [
    {
      kind: 'facts',
      facts: deduction
        ? [{ label: say('deduction'), value: say('deducted', { amount: money(deduction) }) }, ...facts]
        : facts,
    },
    ...(quote.currency === 'CNY' && language === 'zh'
      ? [{ kind: 'text', text: `${say('capitals')}${capitalAmount(quote.total)}` } satisfies PrintBlock]
      : []),
  ];
}

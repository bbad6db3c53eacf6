import { PassThrough } from 'node:stream';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { capitalAmount } from '../../../platform/money/capitals.shared.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import type { PrintPage } from '../../../platform/print/page.ts';
import { writeTable } from '../../../platform/tabular/write.ts';
import type { Column } from '../../../platform/tabular/write-types.ts';
import type { ReadRow } from '../row/read.ts';

interface Batch {
  title: string;
  number: string;
  until: string;
  status: string;
  paidOn: string | null;
}

const sayIn =
  (ctx: Context) =>
  (key: string, params: Record<string, string> = {}): string =>
    translate(ctx.registry.words, ctx.principal.language, key, params);

const sum = (rows: readonly ReadRow[], currency: string) =>
  roundMoney(
    rows.reduce((all, { amount }) => all.plus(amount), new Exact(0)),
    currency,
  );

/** 提成结算表 of one person: each row with how it came, the sum in capitals, and where to sign. */
export function personPage(ctx: Context, company: string, batch: Batch, rows: readonly ReadRow[]): PrintPage {
  const say = sayIn(ctx);
  const { language } = ctx.principal;
  const money = (amount: string | null) =>
    amount === null ? '' : formatMoney({ amount, currency: ctx.currency });
  const total = sum(rows, ctx.currency);
  const capitals =
    language === 'zh' && ctx.currency === 'CNY' && !total.startsWith('-') ? capitalAmount(total) : '';
  return {
    title: say('commission.paper.title'),
    subtitle: [rows[0]?.person.title, batch.title, batch.number].filter(Boolean).join('　·　'),
    company,
    language,
    ...(['approved', 'paid'].includes(batch.status) ? {} : { watermark: say('commission.paper.draft') }),
    blocks: [
      {
        kind: 'facts',
        facts: [
          { label: say('commissionRow.owner'), value: rows[0]?.person.title ?? '' },
          { label: say('commissionBatch.until'), value: batch.until },
          { label: say('commissionBatch.paidOn'), value: batch.paidOn ?? '' },
        ],
      },
      {
        kind: 'table',
        columns: [
          { label: say('commissionRow.day'), weight: 1.1 },
          { label: say('commissionRow.name'), weight: 2 },
          { label: say('commission.how'), weight: 3.4 },
          { label: say('commissionRow.base'), weight: 1.3, align: 'right' },
          { label: say('commissionRow.amount'), weight: 1.3, align: 'right' },
        ],
        rows: rows.map((row) => [
          row.day,
          row.name,
          [row.plan, row.words].filter(Boolean).join('：'),
          money(row.base),
          money(row.amount),
        ]),
        total: [say('commission.paper.sum'), '', '', '', money(total)],
      },
      ...(capitals
        ? [{ kind: 'text' as const, text: `${say('commission.paper.capitals')}${capitals}` }]
        : []),
    ],
    signatures: ['made', 'checked', 'taken'].map((who) => ({ label: say(`commission.paper.${who}`) })),
    note: say('commission.paper.printed', { date: dayOf(ctx) }),
  };
}

/** All rows of a batch as a table to go on calculating with. */
export function batchTable(ctx: Context, rows: readonly ReadRow[]): PassThrough {
  const say = sayIn(ctx);
  const out = new PassThrough();
  const columns: Column[] = [
    { header: say('commissionRow.owner'), kind: 'text' },
    { header: say('commissionRow.day'), kind: 'date' },
    { header: say('commissionRow.kind'), kind: 'text' },
    { header: say('commissionRow.name'), kind: 'text' },
    { header: say('commissionRow.customer'), kind: 'text' },
    { header: say('commissionRow.plan'), kind: 'text' },
    { header: say('commissionRow.base'), kind: 'number' },
    { header: say('commissionRow.amount'), kind: 'number' },
    { header: say('commission.how'), kind: 'text' },
  ];
  const kinds = ctx.registry.byName.get('commissionRow')?.fields.kind?.options ?? [];
  const labelOf = (kind: string) =>
    kinds.find(({ value }) => value === kind)?.[ctx.principal.language] ?? kind;
  const lines = rows.map((row) => [
    row.person.title,
    row.day,
    labelOf(row.kind),
    row.name,
    row.customer?.title ?? null,
    row.plan,
    row.base,
    row.amount,
    row.words,
  ]);
  writeTable(out, 'xlsx', columns, lines, say('commissionBatch')).catch((error: Error) => out.destroy(error));
  return out;
}

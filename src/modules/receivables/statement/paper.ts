import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Context } from '../../../platform/context/context.ts';
import { type Language, translate } from '../../../platform/i18n/translations.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import type { Letterhead, PrintBlock, PrintPage } from '../../../platform/print/page.ts';
import { writeTable } from '../../../platform/tabular/write.ts';
import { instantToLocal } from '../../../platform/time/instant.shared.ts';
import { AGES } from '../figures/ageing.ts';
import type { Statement, StatementLine, StatementPart } from './read.ts';

type Say = (key: string, params?: Record<string, string>) => string;

const sayIn =
  (ctx: Pick<Context, 'registry'>, language: Language): Say =>
  (key, params = {}) =>
    translate(ctx.registry.words, language, `statement.${key}`, params);

/** A statement as A4 pages: our head and account, each currency with its lines, and a place where the customer agrees. */
export function statementPage(
  ctx: Pick<Context, 'registry' | 'timeZone' | 'now'>,
  statement: Statement,
  { language, letterhead }: { language: Language; letterhead: Letterhead },
): PrintPage {
  const say = sayIn(ctx, language);
  const { customer, from, until, parts } = statement;
  return {
    title: say('title'),
    subtitle: say('period', { from, until }),
    company: letterhead.name,
    letterhead,
    language,
    blocks: [
      { kind: 'facts', facts: [{ label: say('customer'), value: customer.name }] },
      ...parts.flatMap((part) => partBlocks(part, statement, say)),
      { kind: 'text', text: say('please'), muted: true },
    ],
    signatures: [{ label: say('us'), name: letterhead.name }, { label: say('them') }],
    note: instantToLocal(ctx.now, ctx.timeZone).replace('T', ' ').slice(0, 16),
  };
}

function partBlocks(
  { currency, ...part }: StatementPart,
  { from, until, today }: Statement,
  say: Say,
): PrintBlock[] {
  const money = (amount: string) => formatMoney({ amount, currency });
  const some = (amount: string) => (Number(amount) === 0 ? '' : money(amount));
  return [
    {
      kind: 'table',
      columns: [
        { label: say('day'), weight: 1 },
        { label: say('document'), weight: 2.6 },
        { label: say('debit'), weight: 1.2, align: 'right' },
        { label: say('credit'), weight: 1.2, align: 'right' },
        { label: say('balance', { currency }), weight: 1.3, align: 'right' },
      ],
      rows: [
        [from, say('opening'), '', '', money(part.opening)],
        ...part.lines.map((line) => [
          line.day,
          wordsOf(line, say),
          some(line.debit),
          some(line.credit),
          money(line.balance),
        ]),
      ],
      total: [until, say('closing'), money(part.debit), money(part.credit), money(part.closing)],
    },
    {
      kind: 'table',
      columns: [
        { label: say('ages', { today }), weight: 1.4 },
        ...AGES.map((age) => ({ label: say(`age.${age}`), align: 'right' as const })),
      ],
      rows: [[say('open'), ...AGES.map((age) => money(part.ages[age]))]],
    },
  ];
}

const wordsOf = ({ kind, number, name }: StatementLine, say: Say) =>
  [say(`kind.${kind}`), number, name].filter(Boolean).join(' ');

/** The same as a table to go on calculating with. */
export async function statementTable(
  ctx: Pick<Context, 'registry'>,
  statement: Statement,
  language: Language,
): Promise<Buffer> {
  const say = sayIn(ctx, language);
  const columns = [
    { header: say('day'), kind: 'date' as const },
    { header: say('document'), kind: 'text' as const },
    { header: say('number'), kind: 'text' as const },
    { header: say('name'), kind: 'text' as const },
    { header: say('currency'), kind: 'text' as const },
    ...['debit', 'credit', 'left'].map((key) => ({ header: say(key), kind: 'number' as const })),
  ];
  const rows = statement.parts.flatMap((part) => [
    [statement.from, say('opening'), null, null, part.currency, null, null, part.opening],
    ...part.lines.map((line) => [
      ...[line.day, say(`kind.${line.kind}`), line.number, line.name, part.currency],
      ...[line.debit, line.credit, line.balance],
    ]),
    [statement.until, say('closing'), null, null, part.currency, part.debit, part.credit, part.closing],
  ]);
  const out = new PassThrough();
  const [content] = await Promise.all([buffer(out), writeTable(out, 'xlsx', columns, rows, say('title'))]);
  return content;
}

import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { type Language, translate } from '../../../platform/i18n/translations.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import type { Letterhead, PrintBlock, PrintPage } from '../../../platform/print/page.ts';
import { sendPaper } from '../../../platform/print/record.ts';
import { letterheadOf } from '../../legal/public.ts';
import { inSight, mayTell, openItems, unpaid } from '../figures/open-items.ts';

/** More than fits on a few pages is a statement's. */
const MOST = 200;

interface Overdue {
  number: string;
  name: string | null;
  due: string;
  late: number;
  open: string;
  unit: string;
  /** Of all in this currency, also beyond what is listed. */
  sum: string;
}

/** 催款函: what a customer owes past its day, on our letterhead. Read by whoever reads the reminder, the customer and what is owed. */
export const letterRoute = (): Route =>
  route({
    method: 'GET',
    path: '/dunnings/{id}/letter',
    summary: 'A letter that reminds the customer of what is overdue, as A4 pages in Chinese or English',
    tag: 'receivables',
    params: idParams,
    query: z.strictObject({ language: z.enum(['zh', 'en']).optional() }),
    async handle({ ctx, services, params: { id }, query, reply }) {
      const reminder = await readRecord(ctx, 'dunning', id);
      const customer = await readRecord(
        ctx,
        'customer',
        (reminder.customer as { id: string } | null)?.id ?? '',
      );
      if (!mayTell(ctx)) throw forbidden();
      const lines = await overdueOf(ctx, customer.id);
      if (lines.length === 0) throw problem('dunning_nothing_overdue', { status: 409 });
      const language = query.language ?? ctx.principal.language;
      const letterhead = await letterheadOf(ctx, services, null, language);
      const page = letterPage(ctx, { customer: customer.title, lines }, { language, letterhead });
      return sendPaper(ctx, reply, ['dunning', id], page);
    },
  });

async function overdueOf(ctx: Context, customer: string): Promise<Overdue[]> {
  const today = dayOf(ctx);
  const { rows } = await sql<Overdue>`
    select i.number, i.name, i.due_on::text as due, ${today}::date - i.due_on as late, i.open::text as open, i.unit,
      (sum(i.open) over (partition by i.unit))::text as sum
    from (${openItems(unpaid(inSight(ctx, sql`d.customer_id = ${customer}`)))}) i
    where i.open > 0 and i.due_on < ${today}::date
    order by i.unit, i.due_on, i.number, i.position limit ${MOST}`.execute(ctx.db);
  return rows;
}

function letterPage(
  ctx: Context,
  { customer, lines }: { customer: string; lines: readonly Overdue[] },
  { language, letterhead }: { language: Language; letterhead: Letterhead },
): PrintPage {
  const say = (key: string, params: Record<string, string> = {}) =>
    translate(ctx.registry.words, language, `dunning.letter.${key}`, params);
  const today = dayOf(ctx);
  const table = (unit: string, own: readonly Overdue[]): PrintBlock => ({
    kind: 'table',
    columns: [
      { label: say('document'), weight: 3 },
      { label: say('due'), weight: 1.2 },
      { label: say('late'), align: 'right' },
      { label: say('open'), weight: 1.4, align: 'right' },
    ],
    rows: own.map(({ number, name, due, late, open }) => [
      [number, name].filter(Boolean).join(' '),
      due,
      String(late),
      formatMoney({ amount: open, currency: unit }),
    ]),
    total: [say('total'), '', '', formatMoney({ amount: own[0]?.sum ?? '0', currency: unit })],
  });
  return {
    title: say('title'),
    subtitle: customer,
    company: letterhead.name,
    letterhead,
    language,
    blocks: [
      { kind: 'text', text: say('to', { customer }) },
      { kind: 'text', text: say('words', { today }) },
      ...[...Map.groupBy(lines, ({ unit }) => unit)].map(([unit, own]) => table(unit, own)),
      { kind: 'text', text: say('please') },
    ],
    signatures: [{ label: say('us'), name: letterhead.name, date: today }],
  };
}

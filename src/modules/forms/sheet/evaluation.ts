import { sql } from 'kysely';
import { dayOf } from '../../../platform/context/day.ts';
import { policiesOfCustomers } from '../../grades/public.ts';
import type { Indicator, SheetColumn, SheetRow } from '../form/form.shared.ts';
import { readTemplate } from '../template/template.ts';
import { type Base, measureOf, wordOf } from './base.ts';
import { type Facts, factScore, ratingOf, totalOf } from './evaluation-score.ts';
import { fitting, type Kind, number, text } from './kind.ts';
import { daysGone } from './period.ts';
import { gradeName, mainScheme } from './scheme.ts';

const MOST = 60;
const USUAL_CONTACT_DAYS = 30;

/** What facts an indicator is told by. */
const NEEDS: Partial<Record<Indicator['source'], readonly string[]>> = {
  contacts: ['activity.occurredAt'],
  keepRate: ['customer.keepRate'],
  coverage: ['customer.coverage'],
  completeness: ['customer.completeness'],
};

/** 客户关系评估表: indicators with their weights; facts score where there are some, people judge the rest. */
export const evaluation: Kind = {
  landscape: true,
  needs: { customer: ['grade'] },
  byHand: true,
  columns: async (ctx) => columnsOf(await readTemplate(ctx)),
  async read(base) {
    const indicators = await readTemplate(base.ctx);
    const { rows, cut } = fitting(await evaluated(base), MOST);
    const policies = await policiesOfCustomers(
      base.ctx,
      rows.map(({ id }) => id),
    );
    const days = daysGone(base.period, dayOf(base.ctx));
    return {
      rows: rows.map((line): SheetRow => {
        const contactDays = policies.get(line.id)?.contactDays ?? USUAL_CONTACT_DAYS;
        const facts = { ...line, expected: Math.max(1, Math.floor(days / contactDays)) };
        return {
          key: line.id,
          customer: line.id,
          ...(line.hand ? { hand: true } : {}),
          cells: {
            customer: line.name,
            owner: line.owner,
            grade: gradeName(base.ctx, line.grade),
            ...Object.fromEntries(
              indicators.map(({ key, source }) => [columnName(key), factScore(source, facts)]),
            ),
          },
        };
      }),
      notes:
        indicators.some(({ source }) => source === 'receipts') && !knowsReceipts(base) ? ['noReceipts'] : [],
      cut,
    };
  },
  finish(ctx, sheet) {
    const weighed = sheet.columns.filter(({ labels }) => labels);
    for (const row of sheet.rows) {
      const total = totalOf(
        weighed.map(({ name, weightOf }) => ({ weight: weightOf ?? 0, score: row.cells[name] ?? null })),
      );
      row.cells.total = total;
      // A rating is said once everything that needs judgement is judged.
      const open = weighed.some(({ name, edit }) => edit && !row.cells[name]);
      const rating = open ? null : ratingOf(total);
      row.cells.rating = rating && wordOf(ctx, `forms.rating.${rating}`);
    }
  },
};

const columnName = (key: string) => `i_${key}`;
const knowsReceipts = ({ ctx, period }: Base) =>
  measureOf(ctx, 'receipts', period) !== null && measureOf(ctx, 'sales', period) !== null;

function columnsOf(indicators: readonly Indicator[]): SheetColumn[] {
  return [
    text('customer', 2.2),
    text('owner', 1),
    text('grade', 0.8),
    ...indicators.map(
      ({ key, label, weight, source }): SheetColumn =>
        number(columnName(key), 1.1, {
          labels: { zh: `${label.zh}（${weight}）`, en: `${label.en} (${weight})` },
          weightOf: weight,
          ...(source === 'judgement' ? { edit: 'score' as const } : {}),
          ...(NEEDS[source] ? { needs: NEEDS[source] } : {}),
        }),
    ),
    number('total', 0.9),
    text('rating', 0.8),
    text('remark', 2.2, { edit: 'text' }),
  ];
}

interface Line extends Omit<Facts, 'expected'> {
  id: string;
  name: string;
  owner: string | null;
  grade: string | null;
  hand: boolean;
}

/** The best graded first, with those put in by hand. */
async function evaluated({ ctx, period, customers, added, left }: Base): Promise<Line[]> {
  const grades = (await mainScheme(ctx))?.grades ?? [];
  const contacts = measureOf(ctx, 'contacts', period);
  const [receipts, sales] = ['receipts', 'sales'].map((name) => measureOf(ctx, name, period));
  const rate = receipts && sales ? sql`round(100 * ${receipts} / nullif(${sales}, 0))` : sql`null`;
  const { rows } =
    await sql<Line>`select t.id, t.name, u.name as owner, f.grade, t.id = any(${added}::uuid[]) as hand,
      t.completeness, f.keep_rate as "keepRate", cardinality(f.coverage) as warnings,
      ${contacts ?? sql`null`}::int as contacts, ${rate}::int as "receiptRate"
    from customer t left join customer_fact f on f.id = t.id left join "user" u on u.id = t.owner_id
    where ${customers} and t.id <> all(${left}::uuid[])
    order by t.id = any(${added}::uuid[]) desc, array_position(${grades}::text[], f.grade) nulls last,
      f.grade_score desc nulls last, t.created_at, t.id limit ${MOST + 1}`.execute(ctx.db);
  return rows;
}

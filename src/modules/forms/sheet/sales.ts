import { sql } from 'kysely';
import { type Base, measureOf, wordOf } from './base.ts';
import { fitting, type Kind, MOST_ROWS, money, percent, text } from './kind.ts';
import { yearBefore, yearToDate } from './period.ts';
import { differenceOf, growthOf, rateOf, sharesOf, sumOf } from './shares.ts';

interface Line {
  id: string;
  name: string;
  owner: string | null;
  now: string;
  before: string;
  year: string;
  margin: string | null;
  receipts: string | null;
  allNow: string;
  allBefore: string;
  allYear: string;
  allMargin: string | null;
  allReceipts: string | null;
}

const COLUMNS = [
  text('customer', 2.4),
  text('owner', 1),
  money('salesNow', 1.5),
  money('salesBefore', 1.5),
  percent('growth'),
  percent('share'),
  money('yearToDate', 1.6),
  money('margin', 1.4),
  percent('receiptRate'),
  text('remark', 2.4, { edit: 'text' }),
];

/** 客户销售分析表. Sales, margin and receipts are told by whoever sells; until then the form says that there are none. */
export const sales: Kind = {
  landscape: true,
  sums: true,
  needs: { customer: [] },
  columns: async () => COLUMNS,
  async read(base) {
    const lines = await bought(base);
    if (!lines) return { rows: [], notes: ['noSales'], cut: false };
    const { rows, cut } = fitting(lines);
    const whole = lines[0];
    // What did not fit on the sheet has its share too.
    const rest = differenceOf(whole?.allNow ?? '0', sumOf(rows.map(({ now }) => now)));
    const shares = sharesOf([...rows.map(({ now }) => now), ...(cut ? [rest] : [])]);
    return {
      rows: rows.map((line, at) => ({
        key: line.id,
        customer: line.id,
        cells: {
          customer: line.name,
          owner: line.owner,
          salesNow: line.now,
          salesBefore: line.before,
          growth: growthOf(line.now, line.before),
          share: shares[at] ?? null,
          yearToDate: line.year,
          margin: line.margin,
          receiptRate: line.receipts === null ? null : rateOf(line.receipts, line.now),
        },
      })),
      ...(whole ? { total: totalOf(base, whole) } : {}),
      notes: lines.some(({ receipts }) => receipts !== null) || !whole ? [] : ['noReceipts'],
      cut,
    };
  },
};

const totalOf = ({ ctx }: Base, line: Line) => ({
  customer: wordOf(ctx, 'forms.total'),
  salesNow: line.allNow,
  salesBefore: line.allBefore,
  growth: growthOf(line.allNow, line.allBefore),
  share: line.allNow === '0' ? null : '100.0',
  yearToDate: line.allYear,
  margin: line.allMargin,
  receiptRate: line.allReceipts === null ? null : rateOf(line.allReceipts, line.allNow),
});

/** Who bought anything this period, in the same one a year ago, or since January; null where nobody tells sales. */
async function bought({ ctx, period, customers }: Base): Promise<Line[] | null> {
  const now = measureOf(ctx, 'sales', period);
  if (!now) return null;
  const [margin, receipts] = ['margin', 'receipts'].map((name) => measureOf(ctx, name, period));
  const { rows } = await sql<Line>`with line as (
      select t.id, t.name, t.owner_id, ${now} as now, ${measureOf(ctx, 'sales', yearBefore(period))} as before,
        ${measureOf(ctx, 'sales', yearToDate(period))} as year,
        ${margin ?? sql`null::numeric`} as margin, ${receipts ?? sql`null::numeric`} as receipts
      from customer t where ${customers})
    select l.id, l.name, u.name as owner, now::text, before::text, year::text, margin::text, receipts::text,
      (sum(now) over ())::text as "allNow", (sum(before) over ())::text as "allBefore",
      (sum(year) over ())::text as "allYear", (sum(margin) over ())::text as "allMargin",
      (sum(receipts) over ())::text as "allReceipts"
    from line l left join "user" u on u.id = l.owner_id
    where now <> 0 or before <> 0 or year <> 0
    order by l.now desc, l.year desc, l.before desc, l.id limit ${MOST_ROWS + 1}`.execute(ctx.db);
  return rows;
}

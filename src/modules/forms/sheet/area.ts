import { sql } from 'kysely';
import { startOfDay } from '../../../platform/time/instant.shared.ts';
import type { Sheet, SheetRow } from '../form/form.shared.ts';
import { type Base, measureOf, within, wordOf } from './base.ts';
import { type Kind, money, number, percent, text } from './kind.ts';
import { periodBefore, yearBefore } from './period.ts';
import { gradeName, gradeRank } from './scheme.ts';
import { growthOf, sharesOf, sumOf } from './shares.ts';

interface Group {
  province: string | null;
  city: string | null;
  grade: string | null;
  customers: number;
  gained: number;
  before: number;
  sales: string | null;
  salesBefore: string | null;
}

/** 客户区域分析表: how many customers where, of which grades, how many more, and what they buy. */
export const area: Kind = {
  landscape: true,
  sums: true,
  needs: { customer: ['province', 'city', 'grade', 'createdAt'] },
  columns: async () => COLUMNS,
  async read(base) {
    const groups = await grouped(base);
    const told =
      groups.some(({ sales }) => sales !== null) || measureOf(base.ctx, 'sales', base.period) !== null;
    const parts = [...Map.groupBy(groups, areaIn(groups))].map(([name, members]) =>
      partOf(base, name, members),
    );
    parts.sort((a, b) => b.customers - a.customers || String(a.name).localeCompare(String(b.name), 'zh'));
    const shares = sharesOf(parts.map(({ customers }) => String(customers)));
    const salesShares = sharesOf(parts.map(({ sales }) => sales));
    const rows = parts.map((part, at): SheetRow => {
      const { name, customers, gained, before, grades, sales, salesBefore } = part;
      return {
        key: name ?? '-',
        customer: null,
        cells: {
          area: name ?? wordOf(base.ctx, 'forms.unknown'),
          customers: String(customers),
          share: shares[at] ?? null,
          grades,
          gained: String(gained),
          gainedBefore: String(before),
          sales: told ? sales : null,
          salesShare: told ? (salesShares[at] ?? null) : null,
          growth: told ? growthOf(sales, salesBefore) : null,
        },
      };
    });
    const whole = partOf(base, null, groups);
    return {
      rows,
      ...(rows.length > 0 ? { total: totalOf(base, whole, told) } : {}),
      notes: told ? [] : ['noSales'],
      cut: false,
    };
  },
};

const COLUMNS = [
  text('area', 1.6),
  number('customers'),
  percent('share'),
  text('grades', 2.2),
  number('gained'),
  number('gainedBefore'),
  money('sales', 1.6),
  percent('salesShare'),
  percent('growth'),
  text('remark', 3, { edit: 'text' }),
];

function totalOf({ ctx }: Base, whole: Part, told: boolean): NonNullable<Sheet['total']> {
  const { customers, gained, before, grades, sales, salesBefore } = whole;
  return {
    area: wordOf(ctx, 'forms.total'),
    customers: String(customers),
    share: '100.0',
    grades,
    gained: String(gained),
    gainedBefore: String(before),
    sales: told ? sales : null,
    salesShare: told && sales !== '0' ? '100.0' : null,
    growth: told ? growthOf(sales, salesBefore) : null,
  };
}

/** Whose customers all live in one province is told of its cities. */
function areaIn(groups: readonly Group[]): (group: Group) => string | null {
  const provinces = new Set(groups.flatMap(({ province }) => province ?? []));
  const byCity = provinces.size <= 1 && groups.some(({ city }) => city);
  return ({ province, city }) => (byCity ? city : province);
}

interface Part {
  name: string | null;
  customers: number;
  gained: number;
  before: number;
  grades: string;
  sales: string;
  salesBefore: string;
}

function partOf({ ctx }: Base, name: string | null, members: readonly Group[]): Part {
  const add = (pick: (group: Group) => number) => members.reduce((sum, group) => sum + pick(group), 0);
  const graded = Map.groupBy(
    members.filter(({ grade }) => grade),
    ({ grade }) => grade as string,
  );
  return {
    name,
    customers: add(({ customers }) => customers),
    gained: add(({ gained }) => gained),
    before: add(({ before }) => before),
    grades: [...graded]
      .sort(([a], [b]) => gradeRank(ctx, a) - gradeRank(ctx, b) || (a < b ? -1 : 1))
      .map(
        ([grade, of]) => `${gradeName(ctx, grade)} ${of.reduce((sum, { customers }) => sum + customers, 0)}`,
      )
      .join('  '),
    sales: sumOf(members.map(({ sales }) => sales ?? '0')),
    salesBefore: sumOf(members.map(({ salesBefore }) => salesBefore ?? '0')),
  };
}

async function grouped({ ctx, period, customers }: Base): Promise<Group[]> {
  const amount = (value: ReturnType<typeof measureOf>) => (value ? sql`sum(${value})::text` : sql`null`);
  const { rows } = await sql<Group>`select t.province, t.city, f.grade, count(*)::int as customers,
      count(*) filter (where ${within(ctx, 't.created_at', period)})::int as gained,
      count(*) filter (where ${within(ctx, 't.created_at', periodBefore(period))})::int as before,
      ${amount(measureOf(ctx, 'sales', period))} as sales,
      ${amount(measureOf(ctx, 'sales', yearBefore(period)))} as "salesBefore"
    from customer t left join customer_fact f on f.id = t.id
    where ${customers} and t.created_at < ${startOfDay(period.end, ctx.timeZone)}::timestamptz
    group by 1, 2, 3`.execute(ctx.db);
  return rows;
}

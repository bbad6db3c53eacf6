import { sql } from 'kysely';
import { takenOut } from '../../../platform/access/taken.ts';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import type { CellValue, Column } from '../../../platform/tabular/write-types.ts';
import { type Budget, budgetsOf, knowsSales } from './budget.ts';
import { type Quarter, shareOf } from './cap.ts';

const MOST = 1000;

interface Named {
  id: string;
  title: string;
}

/** What one person spent on one customer in a quarter, against what may be spent on the customer. */
export interface ReportLine {
  person: Named | null;
  customer: Named;
  count: number;
  used: string;
  share: number | null;
  /** Of the customer, whoever spent it. */
  budget: Pick<Budget, 'basis' | 'average' | 'cap' | 'used' | 'share' | 'state'>;
}

export interface Report {
  quarter: Quarter;
  currency: string;
  knowsSales: boolean;
  lines: ReportLine[];
  /** More than can be shown; the highest are. */
  cut: boolean;
}

/** Approved and paid spending of a quarter, by salesperson and customer, as far as the reader may see it or take it out. */
export async function reportOf(
  ctx: Context,
  quarter: Quarter,
  action: 'read' | 'export' = 'read',
): Promise<Report> {
  const policy = ctx.policies.for('hospitality');
  const { entity } = policy;
  if (!policy.can('read') || !['amount', 'date', 'status', 'customer'].every(policy.sees)) throw forbidden();
  if (!policy.can(action)) throw forbidden('export_forbidden');
  const person = policy.sees('spentBy') ? sql`t.spent_by_id` : sql`null::uuid`;
  const seen =
    action === 'export'
      ? takenOut(policy, ctx.principal)
      : scopeCondition(entity, policy.scope('read'), ctx.principal);
  const { rows } = await sql<{ person: string | null; customer: string; count: number; used: string }>`
    select ${person} as person, t.customer_id as customer, count(*)::int as count, sum(t.amount_base)::text as used
    from hospitality t where t.deleted_at is null and t.status in ('approved', 'paid')
      and t.date between ${quarter.from}::date and ${quarter.to}::date
      and ${seen}
    group by 1, 2 order by sum(t.amount_base) desc, 2, 1 limit ${MOST + 1}`.execute(ctx.db);
  const shown = rows.slice(0, MOST);
  const customers = [...new Set(shown.map(({ customer }) => customer))];
  const people = new Set(shown.flatMap(({ person }) => person ?? []));
  const [budgets, titles] = await Promise.all([
    budgetsOf(ctx, customers, quarter),
    titlesOf(
      ctx,
      new Map([
        ['customer', new Set(customers)],
        ['user', people],
      ]),
    ),
  ]);
  const named = (id: string): Named => ({ id, title: titles.get(id) ?? '—' });
  return {
    quarter,
    currency: ctx.currency,
    knowsSales: knowsSales(ctx),
    cut: rows.length > MOST,
    lines: shown.flatMap(({ person, customer, count, used }) => {
      const budget = budgets.get(customer);
      if (!budget) return [];
      const { basis, average, cap, used: all, share, state } = budget;
      return [
        {
          person: person === null ? null : named(person),
          customer: named(customer),
          count,
          used,
          share: shareOf(used, cap),
          budget: { basis, average, cap, used: all, share, state },
        },
      ];
    }),
  };
}

/** The report as a table to be written into a file. */
export function reportTable(ctx: Context, report: Report): { columns: Column[]; rows: CellValue[][] } {
  const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
  const column = (name: string, kind: Column['kind']): Column => ({
    header: say(`care.report.${name}`),
    kind,
  });
  return {
    columns: [
      column('person', 'text'),
      column('customer', 'text'),
      column('count', 'number'),
      column('used', 'number'),
      column('average', 'number'),
      column('basis', 'text'),
      column('cap', 'number'),
      column('customerUsed', 'number'),
      column('share', 'number'),
    ],
    rows: report.lines.map(({ person, customer, count, used, budget }) => [
      person?.title ?? '',
      customer.title,
      String(count),
      used,
      budget.average,
      say(`approval.hospitality.over.basis.${budget.basis}`),
      budget.cap,
      budget.used,
      budget.share === null ? null : String(budget.share),
    ]),
  };
}

import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { rowInScope } from '../../../platform/access/where.ts';
import { needsApproval } from '../../../platform/approvals/start.ts';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { Link, WireRecord } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { formatDecimal } from '../../../platform/money/format.shared.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { renderPdf } from '../../../platform/print/print.ts';
import { writeTable } from '../../../platform/tabular/write.ts';
import { instantToLocal } from '../../../platform/time/instant.shared.ts';
import { partsOf, periodName } from '../../../platform/time/period.shared.ts';
import { CUT } from '../plan/cut.shared.ts';
import { monthsFrom, NO_MONTHS, sumOf } from '../plan/months.shared.ts';
import { headerOf, type PlanColumn } from './columns.ts';

/** A plan as a table that is read back as it stands, or on paper. Without lines the table is the form to be filled in. */
export async function planFile(
  ctx: Context,
  id: string,
  format: 'xlsx' | 'pdf',
  company: string,
): Promise<{ name: string; content: Buffer }> {
  if (await needsApproval(ctx, 'export')) throw problem('analysis_needs_approval', { status: 409 });
  const plan = await readRecord(ctx, 'salesPlan', id);
  const idOf = (link: unknown) => (link as Link | null)?.id ?? null;
  const row = { owner_id: idOf(plan.owner), department_id: idOf(plan.department), root_owner_id: null };
  if (!rowInScope(ctx.policies.for('salesPlan').scope('export'), row, true))
    throw forbidden('export_forbidden');
  await inTransaction(ctx, (inner) =>
    writeAudit(inner, { action: 'export', entity: 'salesPlan', recordId: id, note: plan.title }),
  );
  const content = format === 'xlsx' ? await tableOf(ctx, plan) : await renderPdf(pageOf(ctx, plan, company));
  return { name: `${plan.title}.${format}`, content };
}

const MONTHS = NO_MONTHS.map((_, at) => at);

async function tableOf(ctx: Context, plan: WireRecord): Promise<Buffer> {
  const columns: PlanColumn[] = [
    ...CUT,
    'amount',
    ...MONTHS.map((at): PlanColumn => `amount.${at}`),
    'quantity',
    ...MONTHS.map((at): PlanColumn => `quantity.${at}`),
    'remark',
  ];
  const months = partsOf('year', plan.startsOn as string, 'month');
  const heads = columns.map((column) => ({
    header: headerOf(ctx, column, months),
    kind: /^(amount|quantity)/.test(column) ? ('number' as const) : ('text' as const),
  }));
  const rows = (plan.lines as WireRecord[]).map((line) => columns.map((column) => cellOf(ctx, line, column)));
  const out = new PassThrough();
  const [content] = await Promise.all([buffer(out), writeTable(out, 'xlsx', heads, rows, plan.title)]);
  return content;
}

function cellOf(ctx: Context, line: WireRecord, column: PlanColumn): string | null {
  const [field = '', at] = column.split('.');
  if (at !== undefined)
    return monthsFrom(line[field === 'amount' ? 'amounts' : 'quantities'])?.[Number(at)] ?? null;
  const value = line[field];
  if (field === 'channel')
    return (
      entityNamed(ctx.registry, 'salesPlanLine').fields.channel?.options.find(
        (each) => each.value === value,
      )?.[ctx.principal.language] ?? null
    );
  if (value && typeof value === 'object') return (value as Link).title;
  return typeof value === 'string' ? value : null;
}

function pageOf(ctx: Context, plan: WireRecord, company: string) {
  const { language } = ctx.principal;
  const say = (key: string, params: Record<string, string> = {}) =>
    translate(ctx.registry.words, language, key, params);
  const startsOn = plan.startsOn as string;
  const lines = plan.lines as WireRecord[];
  const amounts = lines.map((line) => monthsFrom(line.amounts) ?? [...NO_MONTHS]);
  const months = partsOf('year', startsOn, 'month');
  const text = (amount: string | null | undefined) =>
    amount && !new Exact(amount).isZero() ? formatDecimal(amount, language) : '';
  const state = entityNamed(ctx.registry, 'salesPlan').fields.status?.options.find(
    ({ value }) => value === plan.status,
  );
  const total = months.map((_, at) => sumOf(amounts.map((each) => each[at] ?? '0')));
  const right = (label: string, weight = 1) => ({ label, weight, align: 'right' as const });
  return {
    title: plan.title,
    subtitle: [
      periodName('year', startsOn, Number(startsOn.slice(5, 7))),
      say('salesPlan.editionOf', { edition: String(plan.edition ?? 1) }),
      state?.[language] ?? '',
    ].join(' · '),
    company,
    landscape: true,
    language,
    blocks: [
      {
        kind: 'table' as const,
        columns: [
          { label: say('salesPlanLine.name'), weight: 2.6 },
          right(say('salesPlanLine.quantity'), 1.1),
          right(say('salesPlanLine.amount'), 1.5),
          ...months.map((month) => right(month.slice(5, 7), 1.2)),
        ],
        rows: lines.map((line, at) => [
          String(line.name ?? ''),
          text(line.quantity as string | null),
          text(line.amount as string | null),
          ...(amounts[at] ?? []).map(text),
        ]),
        total: [
          say('salesPlan.total'),
          text(plan.quantity as string | null),
          text(sumOf(total)),
          ...total.map(text),
        ],
      },
    ],
    signatures: [{ label: say('salesPlan.made') }, { label: say('salesPlan.approvedBy') }],
    note: say('salesPlan.printed', {
      at: instantToLocal(ctx.now, ctx.timeZone).replace('T', ' ').slice(0, 16),
    }),
    ...(plan.status === 'approved' ? {} : { watermark: state?.[language] ?? '' }),
  };
}

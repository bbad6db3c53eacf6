import { sql } from 'kysely';
import { z } from 'zod';
import { chosen } from '../../../platform/approvals/input.ts';
import { startApproval } from '../../../platform/approvals/start.ts';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { makeDecided } from '../../../platform/entity/decided.ts';
import type { Link, WireRecord } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden, invalid, problem } from '../../../platform/errors/problem.ts';
import { CUT } from './cut.shared.ts';
import { settlePlan, stateName } from './states.ts';

const only = (rows: Row[]): Row => rows[0] as Row;
const base = { entity: 'salesPlan', on: 'one' } as const;

const submit = defineCommand({
  ...base,
  name: 'submit',
  action: 'update',
  summary: 'Finish a plan: whoever decides is asked whether it is to hold',
  input: z.strictObject({ comment: z.string().trim().max(2000).optional(), chosen }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    const { rows: lines } = await sql`select from sales_plan_line
      where plan_id = ${row.id} and deleted_at is null limit 1`.execute(ctx.db);
    if (lines.length === 0) throw invalid([{ path: 'lines', code: 'plan_empty' }]);
    await settlePlan(ctx, row, 'approving', { action: 'submit' });
    const begun = await startApproval(ctx, {
      subject: 'salesPlan.force',
      recordId: row.id as string,
      ...input,
    });
    return { status: begun.automatic ? 'approved' : 'approving', approval: begun.id };
  },
});

const revise = defineCommand({
  ...base,
  name: 'revise',
  action: 'update',
  summary: 'Begin a revision of a plan in force; it holds until the revision is approved',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    if (row.status !== 'approved')
      throw problem('plan_state', { status: 409, params: { state: stateName(ctx, row.status) } });
    if (!ctx.policies.for('salesPlan').can('create')) throw forbidden();
    const { rows: begun } = await sql<{ id: string }>`select id from sales_plan
      where previous_id = ${row.id} and status in ('draft', 'approving') and deleted_at is null limit 1`.execute(
      ctx.db,
    );
    if (begun[0]) return { id: begun[0].id };
    const edition = ((row.edition as number | null) ?? 1) + 1;
    return { id: await copyOf(ctx, row, { edition, previous: row.id, startsOn: row.starts_on }) };
  },
});

/** A draft with the lines of a plan. */
async function copyOf(ctx: Context, row: Row, set: Record<string, unknown>): Promise<string> {
  const plan = await readRecord(ctx, 'salesPlan', row.id as string);
  const lines = (plan.lines as WireRecord[]).map((line) => ({
    ...Object.fromEntries(CUT.map((name) => [name, bare(line[name])])),
    amounts: line.amounts,
    quantities: line.quantities,
    remark: line.remark,
  }));
  const values = {
    name: plan.name,
    year: plan.year,
    remark: plan.remark,
    owner: bare(plan.owner),
    department: bare(plan.department),
    lines,
  };
  const [id] = await makeDecided(ctx, 'salesPlan', [values], [{ ...set, status: 'draft' }]);
  return id as string;
}

/** References travel with their titles and are written by their ids. */
const bare = (value: unknown): unknown =>
  value && typeof value === 'object' && 'id' in value ? (value as Link).id : (value ?? null);

/** Verbs of a plan. */
export const planCommands: readonly CommandSpec[] = [submit, revise];

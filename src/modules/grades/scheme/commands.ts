import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { emit } from '../../../platform/events/events.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { GRADE_JOB, MAIN_JOB } from '../grade/names.ts';
import { offerGrades } from './offer.ts';
import { schemeNamed } from './read.ts';

const NOTHING = z.strictObject({});

/** Sets what nobody writes by hand, with audit and event like any change. */
async function setState(
  ctx: Context,
  row: Row,
  values: Partial<Record<'active' | 'main', boolean>>,
  /** Customers are graded because of it: what follows their grades need not follow the scheme. */
  grading = false,
) {
  const names = Object.keys(values) as ('active' | 'main')[];
  await sql`update grade_scheme set ${sql.join(names.map((name) => sql`${sql.ref(name)} = ${values[name]}`))},
    version = version + 1, updated_at = ${ctx.now}, updated_by = ${ctx.principal.userId}
    where id = ${row.id}`.execute(ctx.db);
  await writeAudit(ctx, {
    action: 'update',
    entity: 'gradeScheme',
    recordId: row.id as string,
    changes: Object.fromEntries(
      names.map((name) => [name, { before: row[name] ?? false, after: values[name] }]),
    ),
  });
  await emit(ctx, {
    name: 'gradeScheme.updated',
    entity: 'gradeScheme',
    recordIds: [row.id as string],
    payload: grading ? { grading } : {},
  });
}

async function becomeMain(ctx: Context, row: Row, grading = false): Promise<void> {
  const { rows } = await sql<Row>`select id, main from grade_scheme where main and id <> ${row.id}
    for update`.execute(ctx.db);
  for (const other of rows) await setState(ctx, other, { main: false });
  await setState(ctx, row, { main: true }, grading);
  await offerGrades(ctx, (await schemeNamed(ctx, row.id as string)).definition);
}

const grade = (ctx: Context, id: string, show = false) =>
  addJob(ctx, GRADE_JOB, { id, show }, { key: id, entity: 'gradeScheme' });

/** Switches a scheme on: every customer is graded by it. The first one becomes the main one. */
export const switchOn = defineCommand({
  name: 'switchOn',
  entity: 'gradeScheme',
  on: 'one',
  action: 'update',
  summary: 'Grade customers by the scheme from now on',
  input: NOTHING,
  async run(ctx, { rows: [row] }) {
    if (!row || row.active) throw problem('scheme_active', { status: 409 });
    await setState(ctx, row, { active: true }, true);
    const main = await sql`select from grade_scheme where main and deleted_at is null`.execute(ctx.db);
    if (main.rows.length === 0) await becomeMain(ctx, row, true);
    // Grades from before that stay as they are would not be shown.
    return { jobId: await grade(ctx, row.id as string, main.rows.length === 0 && row.graded_at !== null) };
  },
});

/** Switches it off: its grades stay as they are, and count no more. */
const switchOff = defineCommand({
  name: 'switchOff',
  entity: 'gradeScheme',
  on: 'one',
  action: 'update',
  summary: 'Grade customers by the scheme no longer',
  input: NOTHING,
  async run(ctx, { rows: [row] }) {
    if (!row?.active) throw problem('scheme_inactive', { status: 409 });
    await setState(ctx, row, { active: false, ...(row.main ? { main: false } : {}) });
    if (!row.main) return { jobId: null };
    await offerGrades(ctx, null);
    return { jobId: await addJob(ctx, MAIN_JOB, {}, { key: 'main' }) };
  },
});

/** Its grades are those lists show and other rooms go by. */
const makeMain = defineCommand({
  name: 'makeMain',
  entity: 'gradeScheme',
  on: 'one',
  action: 'update',
  summary: 'Make the scheme the main one',
  input: NOTHING,
  async run(ctx, { rows: [row] }) {
    if (!row?.active) throw problem('scheme_inactive', { status: 409 });
    await becomeMain(ctx, row);
    return { jobId: await addJob(ctx, MAIN_JOB, {}, { key: 'main' }) };
  },
});

const recompute = defineCommand({
  name: 'recompute',
  entity: 'gradeScheme',
  on: 'one',
  action: 'update',
  summary: 'Grade every customer anew, without waiting for the night',
  input: NOTHING,
  async run(ctx, { rows: [row] }) {
    if (!row?.active) throw problem('scheme_inactive', { status: 409 });
    return { jobId: await grade(ctx, row.id as string) };
  },
});

export const schemeCommands = [switchOn, switchOff, makeMain, recompute];

import type { z } from 'zod';
import { asSystem, type Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { changeRows, lockRows } from '../entity/records.ts';
import { entityNamed } from '../entity/registry.ts';
import { bodySchemas, parseBody } from '../entity/schema.ts';
import { forbidden, invalid, notFound, ProblemError, problem } from '../errors/problem.ts';
import { mayRead } from './access.ts';
import { standInFor } from './delegation.ts';
import { subjectNamed } from './flows.ts';
import type { adding, agreement, handing, refusal, remark } from './input.ts';
import { act, openSeats } from './machine.ts';
import { settle, tellAgain } from './settle.ts';
import { wayOf } from './start.ts';
import type { Action, Seat, Step } from './state.ts';
import { type ApprovalRow, lockApproval, updateApproval, writeHistory } from './store.ts';
import { worldOf } from './world.ts';

interface Place {
  step: Step;
  seat: Seat;
  /** The person in whose place one decides, when not oneself. */
  standsFor: string | null;
}

/** Where a person is asked: in his own right first, then for those he stands in for. */
export async function placeOf(ctx: Context, row: ApprovalRow): Promise<Place | null> {
  const person = ctx.principal.userId;
  if (!person) return null;
  const open = openSeats(row.state);
  const own = open.find(({ seat }) => seat.person === person);
  if (own) return { ...own, standsFor: null };
  // Whoever began it does not agree in another's place either.
  if (open.length === 0 || row.state.self === person) return null;
  const others = await standInFor(ctx, person);
  const other = open.find(({ seat }) => others.includes(seat.person));
  return other ? { ...other, standsFor: other.seat.person } : null;
}

/** Locks an approval for someone who is asked, and refuses others: 404 to strangers, 409 to who has decided already. */
async function asked(ctx: Context, id: string): Promise<{ row: ApprovalRow; place: Place }> {
  const row = await lockApproval(ctx, id);
  const place = await placeOf(ctx, row);
  if (place) return { row, place };
  if (!(await mayRead(ctx, row))) throw notFound('approval');
  throw problem(row.status === 'running' ? 'approval_decided' : 'approval_ended', { status: 409 });
}

async function take(
  ctx: Context,
  row: ApprovalRow,
  action: Action,
  step: Parameters<typeof settle>[4],
): Promise<void> {
  const people = openSeats(row.state).map(({ seat }) => seat.person);
  const { route, self } = await wayOf(ctx, row);
  const world = await worldOf(ctx, route, row.started_by, row.chosen, self, people);
  await settle(ctx, subjectNamed(ctx, row.subject), row, act(row.state, action, world), step);
}

/** Agrees, and changes the fields this node may change. */
export async function approve(ctx: Context, id: string, input: z.output<typeof agreement>): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    const { row, place } = await asked(inner, id);
    const edits = await edit(inner, row, place.step, input.edits ?? {});
    const action: Action = { kind: 'approve', seat: place.seat.id };
    const { standsFor, seat } = place;
    await take(inner, row, action, {
      verb: 'approve',
      comment: input.comment,
      standsFor,
      edits,
      seat: seat.id,
    });
  });
}

/** The node's fields, written into the record although it is locked, and although the approver might not change it elsewhere. */
async function edit(
  ctx: Context,
  row: ApprovalRow,
  step: Step,
  edits: Record<string, unknown>,
): Promise<string[] | undefined> {
  const names = Object.keys(edits);
  if (names.length === 0) return undefined;
  const barred = names.filter((name) => !step.editable?.includes(name));
  if (barred.length || !row.entity || !row.record_id)
    throw invalid(barred.map((name) => ({ path: `edits.${name}`, code: 'field_not_writable' })));
  const entity = entityNamed(ctx.registry, row.entity);
  const values = parseBody(bodySchemas(entity).patch, edits) as Record<string, unknown>;
  const acting = asSystem(ctx, `approval ${row.number}`);
  const [record] = await lockRows(acting, entity, [row.record_id]);
  if (!record) throw notFound(entity.name);
  const { drafts } = await changeRows(acting, entity, [{ row: record, values }], { holder: row.id });
  const problems = drafts.flatMap((draft) => draft.problems);
  if (problems.length) throw invalid(problems);
  return names;
}

/** Says no: for good, back to the person who began it, or back to an earlier step. */
export async function reject(
  ctx: Context,
  id: string,
  { to, comment }: z.output<typeof refusal>,
): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    const { row, place } = await asked(inner, id);
    const { standsFor, seat } = place;
    const target = to === 'end' || to === 'starter' ? to : { step: to };
    const verb = to === 'end' ? 'reject' : to === 'starter' ? 'return' : 'sendBack';
    await take(
      inner,
      row,
      { kind: 'reject', seat: seat.id, to: target },
      { verb, comment, standsFor, seat: seat.id },
    );
  });
}

/** Gives one's place to another person; an administrator may for somebody who cannot. */
export async function handOver(ctx: Context, id: string, input: z.output<typeof handing>): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    await requirePeople(inner, 'to', [input.to]);
    const named = input.seat !== undefined && inner.policies.administrator;
    if (input.seat !== undefined && !named) throw forbidden('administrator_required');
    const { row, seat, standsFor } = named
      ? { row: await lockApproval(inner, id), seat: input.seat as string, standsFor: null }
      : await asked(inner, id).then(({ row, place }) => ({
          row,
          seat: place.seat.id,
          standsFor: place.standsFor,
        }));
    await take(
      inner,
      row,
      { kind: 'hand', seat, to: input.to },
      { verb: 'handOver', comment: input.comment, standsFor, seat },
    );
  });
}

/** Asks further people, before oneself or after. */
export async function addApprovers(ctx: Context, id: string, input: z.output<typeof adding>): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    await requirePeople(inner, 'people', input.people);
    const { row, place } = await asked(inner, id);
    const { where, people, mode, comment } = input;
    await take(
      inner,
      row,
      { kind: 'add', seat: place.seat.id, by: place.seat.person, where, people, mode },
      { verb: 'add', comment, standsFor: place.standsFor },
    );
  });
}

/**
 * Another decides wherever this person would still be asked, for good.
 * @param back gives back only what he had been left in this way
 * @returns whether there was anything to give
 */
export async function replacePerson(
  ctx: Context,
  id: string,
  who: { from: string; to: string; back?: boolean },
): Promise<boolean> {
  return inTransaction(ctx, async (inner) => {
    const row = await lockApproval(inner, id);
    try {
      await take(inner, row, { kind: 'replace', ...who }, { verb: 'handOver' });
      return true;
    } catch (error) {
      if (who.back && error instanceof ProblemError && error.code.startsWith('approval_')) return false;
      throw error;
    }
  });
}

async function requirePeople(ctx: Context, path: string, ids: readonly string[]): Promise<void> {
  const known = await ctx.approvals.directory.active(ctx, ids);
  if (ids.some((each) => !known.has(each))) throw invalid([{ path, code: 'unknown_reference' }]);
}

/** Takes back what one has begun, as long as it is not decided. */
export async function withdraw(
  ctx: Context,
  id: string,
  { comment }: z.output<typeof remark>,
): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    const row = await own(inner, id);
    await take(inner, row, { kind: 'withdraw' }, { verb: 'withdraw', comment });
  });
}

const REMIND_PAUSE = { hours: 1 };

/** Reminds those who are asked; once an hour is enough. */
export async function remind(ctx: Context, id: string): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    const row = await own(inner, id);
    if (row.status !== 'running') throw problem('approval_ended', { status: 409 });
    const again = row.reminded_at && Temporal.Instant.from(row.reminded_at).add(REMIND_PAUSE);
    if (again && Temporal.Instant.compare(again, inner.now) > 0) {
      const minutes = Math.ceil(Temporal.Instant.from(inner.now).until(again).total('minutes'));
      throw problem('approval_reminded', { status: 429, params: { minutes } });
    }
    await updateApproval(inner, id, { reminded_at: inner.now });
    const people = openSeats(row.state).map(({ seat }) => seat.person);
    await writeHistory(inner, id, [{ kind: 'reminded', people }]);
    await tellAgain(inner, row);
  });
}

async function own(ctx: Context, id: string): Promise<ApprovalRow> {
  const row = await lockApproval(ctx, id);
  if (row.started_by === ctx.principal.userId) return row;
  if (!(await mayRead(ctx, row))) throw notFound('approval');
  throw forbidden('approval_starter_only');
}

/** The clocks of process and database may differ a little. */
const TOLERANCE = { seconds: 2 };

/** What happens when nobody decided in time; nothing when someone has meanwhile. */
export async function expire(ctx: Context, id: string): Promise<boolean> {
  return inTransaction(ctx, async (inner) => {
    const row = await lockApproval(inner, id);
    const step = row.state.steps[row.state.at];
    const early = !row.due_at || Temporal.Instant.from(inner.now).add(TOLERANCE).until(row.due_at).sign > 0;
    if (row.status !== 'running' || early || !step?.limit) return false;
    await take(inner, row, { kind: 'expire', step: step.id }, { verb: 'timeout' });
    return true;
  });
}

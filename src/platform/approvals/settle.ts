import { writeAudit } from '../audit/audit.ts';
import { asSystem, type Context } from '../context/context.ts';
import { holdRecords, releaseRecords } from '../entity/lock.ts';
import { entityNamed } from '../entity/registry.ts';
import { emit } from '../events/events.ts';
import { addJob } from '../jobs/job.ts';
import type { NotificationKind } from '../notifications/kind.ts';
import { notify } from '../notifications/notify.ts';
import type { Params } from '../notifications/params.ts';
import { dueAt } from './clock.ts';
import { standInsOf } from './delegation.ts';
import { openSeats } from './machine.ts';
import type { State, Turn } from './state.ts';
import { type ApprovalRow, type Doing, isOpen, syncTasks, updateApproval, writeHistory } from './store.ts';
import type { ApprovalSubject, DecidedApproval } from './subject.ts';

/** What people are told of approvals. */
export const approvalNotifications: readonly NotificationKind[] = [
  {
    name: 'approval.asked',
    path: '/approvals/{id}',
    defaults: { inApp: true, mail: 'now' },
    importance: 'high',
  },
  {
    name: 'approval.reminded',
    path: '/approvals/{id}',
    defaults: { inApp: true, mail: 'now' },
    importance: 'high',
    digestable: false,
  },
  { name: 'approval.copied', path: '/approvals/{id}', defaults: { inApp: true, mail: 'daily' } },
  { name: 'approval.returned', path: '/approvals/{id}', defaults: { inApp: true, mail: 'now' } },
  { name: 'approval.approved', path: '/approvals/{id}', defaults: { inApp: true, mail: 'daily' } },
  { name: 'approval.rejected', path: '/approvals/{id}', defaults: { inApp: true, mail: 'now' } },
];

interface Step extends Doing {
  /** The verb in the audit. */
  verb: string;
  /** The seat that was decided. */
  seat?: string | undefined;
}

/**
 * Writes what a turn of the machine made of an approval: state, work lists, history, audit, who is told, what becomes due,
 * whether the record stays locked — and, where it has ended, what follows from it. All in the caller's transaction.
 */
export async function settle(
  ctx: Context,
  subject: ApprovalSubject,
  row: ApprovalRow,
  turn: Turn,
  step: Step,
): Promise<ApprovalRow> {
  const { state, marks } = turn;
  const { status } = state;
  // Another step has another limit, and one that has passed holds no more.
  const anew = marks.some(({ kind }) => kind === 'opened' || kind === 'timeout');
  const due = anew || status !== 'running' ? dueOf(ctx, state) : row.due_at;
  const after: ApprovalRow = {
    ...row,
    state,
    status,
    due_at: due,
    ended_at: isOpen(status) ? null : ctx.now,
  };
  await updateApproval(ctx, row.id, { state, status, due_at: due, ended_at: after.ended_at });
  await syncTasks(ctx, row.id, state, step.seat ? { seat: step.seat, by: ctx.principal.userId } : undefined);
  await writeHistory(ctx, row.id, marks, step);
  const comment = step.comment?.trim();
  await writeAudit(ctx, {
    action: `approval.${step.verb}`,
    entity: row.entity ?? 'approval',
    recordId: row.record_id ?? row.id,
    note: row.number,
    ...(comment ? { changes: { approvalComment: { before: null, after: comment } } } : {}),
  });
  if (due && due !== row.due_at) await addJob(ctx, 'approval.due', { id: row.id }, { runAt: due });
  await keep(ctx, subject, row, state);
  await tell(ctx, row, turn);
  if (status !== row.status)
    await emit(ctx, {
      name: `approval.${status}`,
      entity: 'approval',
      recordIds: [row.id],
      payload: { subject: row.subject, entity: row.entity, record: row.record_id },
    });
  await effects(ctx, subject, after, step.comment ?? null);
  return after;
}

function dueOf(ctx: Context, state: State): string | null {
  const step = state.status === 'running' ? state.steps[state.at] : undefined;
  return step?.limit ? dueAt(step.limit, ctx) : null;
}

/** The record is locked while people decide; returned to the person who began it is his to mend. */
async function keep(
  ctx: Context,
  subject: ApprovalSubject,
  row: ApprovalRow,
  { status }: State,
): Promise<void> {
  if (!subject.entity || !row.record_id || subject.leavesFree) return;
  if (status === 'running')
    await holdRecords(ctx, entityNamed(ctx.registry, subject.entity), [row.record_id], row.id);
  else await releaseRecords(ctx, row.id);
}

/** How the subject is named to people: whoever takes part is told what it is about, as on the sheet, in scope or not. */
const paramsOf = (row: ApprovalRow): Params => ({
  id: row.id,
  subject: { text: `approval.subject.${row.subject}` },
  number: row.number,
  title: row.entity && row.record_id ? { told: { entity: row.entity, id: row.record_id } } : row.title,
});

/** Who decides in the place of those who are away: never who began it, where he may not. */
const awayFor = async (ctx: Context, { self }: State, seats: readonly string[]): Promise<string[]> =>
  seats.length ? (await standInsOf(ctx, seats)).filter((person) => person !== self) : [];

async function tell(ctx: Context, row: ApprovalRow, { state, marks }: Turn): Promise<void> {
  const params = paramsOf(row);
  const asked = openSeats(state);
  const seats = asked.map(({ seat }) => seat.person);
  const away = await awayFor(ctx, state, seats);
  const copied = marks.flatMap((mark) => (mark.kind === 'copied' ? (mark.people ?? []) : []));
  const key = `${row.id}:${state.round}:${asked[0]?.step.id ?? ''}:${asked[0]?.seat.id ?? ''}`;
  const starter = row.started_by ? [row.started_by] : [];
  const ended = state.status === 'running' || state.status === 'withdrawn' ? null : state.status;
  await notify(ctx, [
    { to: [...seats, ...away], kind: 'approval.asked', params, key: `approval.asked:${key}` },
    { to: copied, kind: 'approval.copied', params, key: `approval.copied:${row.id}:${state.round}` },
    ...(ended
      ? [
          {
            to: starter,
            kind: `approval.${ended}`,
            params,
            key: `approval.${ended}:${row.id}:${state.round}`,
          },
        ]
      : []),
  ]);
}

/** Tells those who are asked once more. */
export async function tellAgain(ctx: Context, row: ApprovalRow): Promise<void> {
  const seats = openSeats(row.state).map(({ seat }) => seat.person);
  const to = [...seats, ...(await awayFor(ctx, row.state, seats))];
  await notify(ctx, [
    { to, kind: 'approval.reminded', params: paramsOf(row), key: `approval.reminded:${row.id}:${ctx.now}` },
  ]);
}

async function effects(
  ctx: Context,
  subject: ApprovalSubject,
  row: ApprovalRow,
  comment: string | null,
): Promise<void> {
  if (isOpen(row.status)) return;
  const decided: DecidedApproval = {
    id: row.id,
    number: row.number,
    title: row.title,
    recordId: row.record_id,
    input: row.input,
    comment,
    startedBy: row.started_by,
  };
  // The decision gives the right: whoever agreed last need not be able to do it himself.
  const acting = asSystem(ctx, `approval ${row.number}`);
  if (row.status === 'approved') await subject.onApproved(acting, decided);
  else if (row.status === 'rejected') await subject.onRejected?.(acting, decided);
  else await subject.onWithdrawn?.(acting, decided);
}

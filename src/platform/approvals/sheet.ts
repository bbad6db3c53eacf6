import { sql } from 'kysely';
import { asSystem, type Context } from '../context/context.ts';
import { entityNamed } from '../entity/registry.ts';
import { titlesOf, type Wanted, want } from '../entity/titles.ts';
import { notFound } from '../errors/problem.ts';
import { translate } from '../i18n/translations.ts';
import { type Params, spelled, wantParams } from '../notifications/params.ts';
import { sightOf } from './access.ts';
import { placeOf } from './decide.ts';
import { earlierSteps } from './machine.ts';
import type { ApprovalSheet, SheetStep } from './sheet.shared.ts';
import { wayOf } from './start.ts';
import { type ApprovalRow, approvalsWhere, historyOf } from './store.ts';
import { shownPeople, worldOf } from './world.ts';

/** One approval with its way, what happened, and what the caller may do. Outside his sight it does not exist. */
export async function sheetOf(ctx: Context, id: string): Promise<ApprovalSheet> {
  const [row] = await approvalsWhere(ctx, sql`a.id = ${id}`);
  const sight = row ? await sightOf(ctx, row) : null;
  if (!row || !sight) throw notFound('approval');
  const whole = sight === 'whole';
  const [history, upcoming, place, titles] = await Promise.all([
    historyOf(ctx, id),
    peopleToCome(ctx, row),
    placeOf(ctx, row),
    recordTitles(ctx, [row]),
  ]);
  const shown = (step: ApprovalRow['state']['steps'][number]): SheetStep => ({
    id: step.id,
    kind: step.kind,
    name: step.name,
    mode: step.mode,
    state: step.state,
    outcome: step.outcome ?? null,
    added: step.added ? { by: step.added.by, where: step.added.where } : null,
    seats: step.seats
      .filter((seat) => seat.state !== 'dropped' || !seat.note || seat.to)
      .map(({ id: seat, person, state, note, to }) => ({
        id: seat,
        person,
        state,
        note: note ?? null,
        to: to ?? null,
      })),
    upcoming: step.state === 'waiting' && step.seats.length === 0 ? (upcoming.get(step.id) ?? []) : [],
  });
  const steps = row.state.steps.map(shown);
  const names = await namesOf(
    ctx,
    row,
    steps,
    history.flatMap((each) => each.people),
  );
  const person = (one: string) => ({ id: one, title: names.get(one) ?? null });
  const mine = row.started_by === ctx.principal.userId;
  return {
    ...lineOf(ctx, row, titles),
    startedBy: row.started_by ? person(row.started_by) : null,
    comment: row.comment,
    input: whole ? row.input : {},
    lines: whole ? await linesOf(ctx, row) : [],
    flowVersion: row.flow_version,
    dueAt: row.due_at,
    people: Object.fromEntries(names),
    steps,
    at: row.state.at,
    history: history.map((each) => ({
      id: each.id,
      at: each.at,
      actor: each.actor_id ? { id: each.actor_id, title: each.actor_name } : null,
      standsFor: each.for_id ? { id: each.for_id, title: each.for_name } : null,
      action: each.action,
      step: stepName(row, each.step),
      stepId: each.step,
      people: each.people.map(person),
      note: each.note,
      comment: each.comment,
      edits: (each.edits ?? []).map((name) => fieldLabel(ctx, row, name)),
    })),
    can: {
      decide: place !== null,
      seat: place?.seat.id ?? null,
      standsFor: place?.standsFor ? person(place.standsFor) : null,
      editable: place ? (place.step.editable ?? []) : [],
      back: place ? earlierSteps(row.state).map(({ id: step, name }) => ({ id: step, name })) : [],
      withdraw: mine && (row.status === 'running' || row.status === 'returned'),
      remind: mine && row.status === 'running',
      resubmit: mine && row.status === 'returned',
      handOver: ctx.policies.administrator && row.status === 'running',
    },
  };
}

/** What every list says of an approval. */
export function lineOf(
  ctx: Context,
  row: ApprovalRow,
  titles: ReadonlyMap<string, string>,
): Pick<
  ApprovalSheet,
  'id' | 'number' | 'subject' | 'title' | 'record' | 'status' | 'round' | 'startedAt' | 'endedAt' | 'now'
> {
  const { language } = ctx.principal;
  const entity = row.entity ? ctx.registry.byName.get(row.entity) : undefined;
  const at = row.status === 'running' ? row.state.steps[row.state.at] : undefined;
  return {
    id: row.id,
    number: row.number,
    subject: {
      name: row.subject,
      label: translate(ctx.registry.words, language, `approval.subject.${row.subject}`),
    },
    title: row.title || (row.record_id ? (titles.get(row.record_id) ?? '') : ''),
    record:
      entity && row.record_id ? { entity: entity.name, plural: entity.plural, id: row.record_id } : null,
    status: row.status,
    round: row.state.round,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    now: at
      ? { name: at.name, people: at.seats.flatMap((seat) => (seat.state === 'open' ? [seat.person] : [])) }
      : null,
  };
}

/** The names of the records: whoever takes part must know what he decides on, whether or not it is in his scope. */
export async function recordTitles(ctx: Context, rows: readonly ApprovalRow[]): Promise<Map<string, string>> {
  const wanted: Wanted = new Map();
  for (const row of rows) if (row.entity && row.record_id) want(wanted, row.entity, row.record_id);
  return titlesOf(asSystem(ctx, 'approval'), wanted);
}

async function linesOf(ctx: Context, row: ApprovalRow): Promise<ApprovalSheet['lines']> {
  const params: Params = Object.fromEntries(row.lines.map((line, at) => [String(at), line.value]));
  const wanted: Wanted = new Map();
  wantParams(wanted, params);
  const values = spelled(ctx, params, await titlesOf(ctx, wanted));
  return row.lines.map((line, at) => ({
    label: translate(ctx.registry.words, ctx.principal.language, line.label),
    value: values[String(at)] ?? '',
  }));
}

/** What a step of this round or of an earlier one is called. */
const stepName = ({ state }: ApprovalRow, id: string | null): string | null =>
  state.steps.find((step) => step.id === id)?.name ?? state.former?.[id ?? ''] ?? null;

const fieldLabel = (ctx: Context, row: ApprovalRow, name: string): string =>
  (row.entity && entityNamed(ctx.registry, row.entity).fields[name]?.label[ctx.principal.language]) || name;

/** Who would be asked at the steps that have not begun, as the company is now. */
async function peopleToCome(ctx: Context, row: ApprovalRow): Promise<Map<string, readonly string[]>> {
  if (row.status !== 'running') return new Map();
  const waiting = row.state.steps.filter((step) => step.state === 'waiting' && step.seats.length === 0);
  const nodes = new Set(waiting.map((step) => step.node));
  const way = await wayOf(ctx, row);
  const route = way.route.filter((node) => nodes.has(node.id));
  const shown = shownPeople(route, await worldOf(ctx, route, row.started_by, row.chosen, way.self));
  return new Map(waiting.map((step) => [step.id, step.added?.people ?? shown.get(step.node ?? '') ?? []]));
}

async function namesOf(
  ctx: Context,
  row: ApprovalRow,
  steps: readonly SheetStep[],
  others: readonly string[],
): Promise<Map<string, string>> {
  const ids = new Set([
    ...others,
    ...steps.flatMap((step) => [
      ...step.seats.flatMap((seat) => [seat.person, ...(seat.to ? [seat.to] : [])]),
      ...step.upcoming,
      ...(step.added ? [step.added.by] : []),
    ]),
    ...row.state.copies,
    ...(row.started_by ? [row.started_by] : []),
  ]);
  return personNames(ctx, [...ids]);
}

/** The names of people, whether or not they are still there. */
export async function personNames(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  return titlesOf(asSystem(ctx, 'approval'), new Map([['user', new Set(ids)]]));
}

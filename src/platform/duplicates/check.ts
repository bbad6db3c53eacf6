import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../context/context.ts';
import type { Row } from '../entity/behaviour.ts';
import { subtitleOf } from '../entity/field-text.ts';
import { readMany } from '../entity/titles.ts';
import type { Entity } from '../entity/types.ts';
import { titleOf } from '../entity/wire.ts';
import { forbidden, problem } from '../errors/problem.ts';
import { compare, type Judgement, LEAST } from './compare.ts';
import { recordsByKey } from './find.ts';
import { duplicateKeys, type ValueOf } from './keys.ts';
import { candidatesOf, rowsOf } from './pairs.ts';
import { profileOf, profileOfRow } from './profile.ts';
import { comparedEntity } from './queue.ts';
import { type Reason, reasonsFor } from './reasons.ts';

export const checkInput = z.strictObject({
  entity: z.string().max(100),
  /** The draft as far as it is filled in; references as ids. */
  values: z.record(z.string().max(100), z.unknown()),
  /** The record that is being changed, which is not its own double. */
  id: z.uuid().optional(),
});

export interface Hit {
  id: string;
  /** Outside the caller's scope only name, owner and last contact are told. */
  visible: boolean;
  title: string;
  subtitle: string | null;
  owner: { id: string; title: string | null } | null;
  lastContactAt: string | null;
  certainty: number;
  reasons: Reason[];
}

const MOST_HITS = 8;
const PER_MINUTE = 60;
/** Different records outside one's scope a day: enough for work, too few to read the base by guessing. */
const TOLD_PER_DAY = 200;

/** Whether a draft is there already, over the whole base, while it is being typed. Look-ups are noted and limited. */
export async function checkDraft(ctx: Context, input: z.infer<typeof checkInput>): Promise<{ hits: Hit[] }> {
  const entity = comparedEntity(ctx, input.entity);
  const policy = ctx.policies.for(entity.name);
  if (!policy.can('create') && !policy.can('update')) throw forbidden();
  // Whom the house knows is nobody else's business.
  if (ctx.policies.outsider) return { hits: [] };
  await limitLookups(ctx);
  const found = await findLike(ctx, entity, draftValues(entity, input.values), input.id);
  const records = await readMany(
    ctx,
    entity.name,
    found.map(({ row }) => row.id as string),
  );
  const told = found.flatMap(({ row }) => (records.has(row.id as string) ? [] : (row.id as string)));
  await noteLookup(ctx, entity, told);
  const [owners, contacts] = await Promise.all([
    ownersOf(
      ctx,
      found.map(({ row }) => row),
    ),
    lastContacts(
      ctx,
      entity,
      found.map(({ row }) => row.id as string),
    ),
  ]);
  const hits = found.map(({ row, judgement }): Hit => {
    const id = row.id as string;
    const record = records.get(id);
    return {
      id,
      visible: record !== undefined,
      title: titleOf(policy, row),
      subtitle: record ? subtitleOf(ctx, entity, record) : null,
      owner: owners.get(row.owner_id as string) ?? null,
      lastContactAt: contacts.get(id) ?? null,
      certainty: judgement.certainty,
      reasons: reasonsFor(ctx, entity, judgement.reasons),
    };
  });
  return { hits };
}

/** Values of a draft by field, as a stored row would have them. */
function draftValues(entity: Entity, values: Readonly<Record<string, unknown>>): ValueOf {
  return (name) => {
    const field = entity.fields[name];
    const value = values[name] ?? field?.default ?? null;
    if (Array.isArray(value)) return value.filter((item) => typeof item === 'string').slice(0, 50);
    if (value && typeof value === 'object' && 'id' in value) return value.id;
    return typeof value === 'string' ? value.slice(0, 1000) : typeof value === 'number' ? value : null;
  };
}

async function findLike(
  ctx: Context,
  entity: Entity,
  value: ValueOf,
  self: string | undefined,
): Promise<{ row: Row; judgement: Judgement }[]> {
  const draft = profileOf(entity, value);
  // Keys stand since the record was written, blocks follow a moment later.
  const [keyed, blocked] = await Promise.all([
    recordsByKey(
      ctx,
      duplicateKeys(entity, value).map(({ key }) => key),
    ),
    Array.from(draft.name).length < 2
      ? new Map<string, string[]>()
      : candidatesOf(ctx, entity, new Map([['', draft]])),
  ]);
  const ids = new Set([...keyed.values(), ...blocked.values()].flat());
  if (self) ids.delete(self);
  const rows = await rowsOf(ctx, entity, [...ids]);
  return [...rows.values()]
    .map((row) => ({ row, judgement: compare(draft, profileOfRow(entity, row)) }))
    .filter(({ judgement }) => judgement.certainty >= LEAST)
    .sort((a, b) => b.judgement.certainty - a.judgement.certainty)
    .slice(0, MOST_HITS);
}

async function limitLookups(ctx: Context): Promise<void> {
  const { rows } = await sql<{ minute: number; told: number }>`
    select count(*) filter (where at > ${ctx.now}::timestamptz - interval '1 minute')::int as minute,
      (select count(distinct t.id)::int from duplicate_lookup d cross join unnest(d.told) as t(id)
        where d.user_id = ${ctx.principal.userId} and d.at > ${ctx.now}::timestamptz - interval '1 day') as told
    from duplicate_lookup where user_id = ${ctx.principal.userId} and at > ${ctx.now}::timestamptz - interval '1 minute'`.execute(
    ctx.db,
  );
  const [used] = rows;
  if (used && (used.minute >= PER_MINUTE || used.told >= TOLD_PER_DAY))
    throw problem('too_many_lookups', { status: 429 });
}

async function noteLookup(ctx: Context, entity: Entity, told: readonly string[]): Promise<void> {
  await sql`insert into duplicate_lookup (at, user_id, entity, told)
    values (${ctx.now}, ${ctx.principal.userId}, ${entity.name}, ${told}::uuid[])`.execute(ctx.db);
}

async function ownersOf(
  ctx: Context,
  rows: readonly Row[],
): Promise<Map<string, { id: string; title: string | null }>> {
  const ids = [...new Set(rows.flatMap((row) => (row.owner_id as string | null) ?? []))];
  if (ids.length === 0) return new Map();
  const { rows: people } = await sql<{
    id: string;
    name: string | null;
  }>`select id, name from "user" where id = any(${ids}::uuid[])`.execute(ctx.db);
  return new Map(people.map(({ id, name }) => [id, { id, title: name }]));
}

async function lastContacts(
  ctx: Context,
  entity: Entity,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; at: string }>`select root_id as id, max(at) as at from timeline
    where root_id = any(${ids}::uuid[]) and root_entity = ${entity.name} and category = 'contact' and at <= ${ctx.now} group by 1`.execute(
    ctx.db,
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}

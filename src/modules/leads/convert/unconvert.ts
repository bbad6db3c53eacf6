import { sql } from 'kysely';
import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { referrersOf } from '../../../platform/entity/erase.ts';
import { deleteRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { type Moved, takeHistoryBack } from './history.ts';

interface Conversion {
  former: { status: string; customer: string | null };
  made: { entity: string; id: string; version: number }[];
  moved: Moved;
}

/** Takes a conversion back, as long as nobody has gone on with what it made. */
export const unconvert = defineCommand({
  name: 'unconvert',
  entity: 'lead',
  on: 'one',
  action: 'update',
  summary: 'Take the conversion of a lead back',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const lead = rows[0] as Row;
    const { rows: found } = await sql<Conversion>`select former, made, moved from lead_conversion
      where lead_id = ${lead.id} for update`.execute(ctx.db);
    const conversion = found[0];
    if (lead.status !== 'converted' || !conversion) throw problem('lead_not_converted', { status: 409 });
    await refuseUsed(ctx, lead.id as string, conversion);
    await takeHistoryBack(ctx, await stillThere(ctx, conversion.moved));
    await decide(
      ctx,
      'lead',
      [lead],
      {
        status: conversion.former.status,
        customer: conversion.former.customer,
        contact: null,
        opportunity: null,
        convertedAt: null,
      },
      { action: 'unconvert' },
    );
    const system = asSystem(ctx, 'a conversion taken back');
    // Business and people before the customer, which would take them along.
    for (const { entity, id } of conversion.made.toReversed()) await deleteRecord(system, entity, id, null);
    await sql`delete from lead_conversion where lead_id = ${lead.id}`.execute(ctx.db);
    return { status: conversion.former.status };
  },
});

/** What was made must be as it was made, and nothing else may have come to hang on it. */
async function refuseUsed(ctx: Context, lead: string, { made, moved }: Conversion): Promise<void> {
  const besides = [lead, ...made.map(({ id }) => id), ...Object.values(moved).flat()];
  for (const { entity: name, id, version } of made) {
    const entity = entityNamed(ctx.registry, name);
    const refuse = (what: string) => problem('lead_conversion_used', { status: 409, params: { what } });
    const { rows } = await sql<{ version: number }>`select version from ${sql.table(entity.table)}
      where id = ${id} and deleted_at is null for update`.execute(ctx.db);
    if (rows[0]?.version !== version) throw refuse(entity.label[ctx.principal.language]);
    const [other] = (await referrersOf(ctx, entity, [id], { besides })).values();
    if (other) throw refuse(other.label[ctx.principal.language]);
  }
}

/** Somebody may have deleted or moved on some of it meanwhile. */
async function stillThere(ctx: Context, moved: Moved): Promise<Moved> {
  const left: Moved = {};
  for (const [name, ids] of Object.entries(moved)) {
    const { rows } = await sql<{
      id: string;
    }>`select id from ${sql.table(entityNamed(ctx.registry, name).table)}
      where id = any(${ids}::uuid[]) and deleted_at is null and customer_id is not null`.execute(ctx.db);
    left[name] = rows.map(({ id }) => id);
  }
  return left;
}

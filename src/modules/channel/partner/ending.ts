import { sql } from 'kysely';
import { z } from 'zod';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { deactivateUser } from '../../organisation/public.ts';
import { ownUnits } from '../side.ts';

const endPartner = defineCommand({
  name: 'endPartner',
  entity: 'partner',
  on: 'one',
  action: 'update',
  summary:
    'End a partnership: its people are shut out at once, and what they have open waits to be handed over',
  input: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
  async run(ctx, { rows: [row], input }) {
    const partner = row as Row;
    if (partner.status !== 'active') throw problem('partner_ended', { status: 409 });
    const system = asSystem(ctx, 'partner');
    const { rows: people } = await sql<{ id: string }>`select id from "user"
      where department_id in ${ownUnits(partner.unit_id)} and deleted_at is null and status <> 'deactivated'
        and id <> ${ctx.principal.userId} order by id`.execute(ctx.db);
    for (const { id } of people) await deactivateUser(system, id);
    const set = { status: 'ended', endedOn: dayOf(ctx), endReason: input.reason };
    await decide(ctx, 'partner', [partner], set, { action: 'endPartner' });
    await tellManager(ctx, partner, people.length);
    return { people: people.length };
  },
});

/** The channel manager finds what they leave behind where everybody's open work waits: 待交接. */
async function tellManager(ctx: Context, partner: Row, count: number): Promise<void> {
  await notify(ctx, [
    {
      to: [partner.owner_id as string].filter(Boolean),
      kind: 'partner.ended',
      record: { entity: 'partner', id: partner.id as string },
      params: { count },
      key: `partner.ended:${partner.id}:${dayOf(ctx)}`,
    },
  ]);
}

const reopenPartner = defineCommand({
  name: 'reopenPartner',
  entity: 'partner',
  on: 'one',
  action: 'update',
  summary: 'Take an ended partnership up again; its people are let in one by one',
  input: z.strictObject({}),
  async run(ctx, { rows: [row] }) {
    if (row?.status !== 'ended') throw problem('partner_active', { status: 409 });
    const set = { status: 'active', endedOn: null, endReason: null };
    await decide(ctx, 'partner', [row], set, { action: 'reopenPartner' });
  },
});

export const endingCommands: CommandSpec[] = [endPartner, reopenPartner];

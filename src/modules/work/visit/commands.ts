import { sql } from 'kysely';
import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { metresBetween, type Place } from '../../../platform/place/distance.ts';
import { followUpInput, takeBack, writeDown } from '../follow-up.ts';
import { settle } from '../settle.ts';

const visitCommand = { entity: 'visit', on: 'one', action: 'update' } as const;
const only = (rows: Row[]): Row => rows[0] as Row;

const checkInInput = z.strictObject({
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  /** Metres. */
  accuracy: z.number().min(0).max(1_000_000).optional(),
  place: z.string().trim().min(1).max(300).optional(),
  /** An attachment of the customer. */
  photo: z.uuid().optional(),
});

/**
 * Checks in where the device says one is. Where it does not (no HTTPS, or not allowed) a typed place and a photo take its
 * stead: both, never half of it.
 */
const checkIn = defineCommand({
  ...visitCommand,
  name: 'check-in',
  summary: 'Check in at the customer, by the device’s place, or a typed place with a photo',
  input: checkInInput,
  async run(ctx, { rows, input }) {
    const row = only(rows);
    const here = placeOf(input.latitude, input.longitude);
    if (!here) {
      const missing = (['place', 'photo'] as const).filter((name) => !input[name]);
      if (missing.length) throw invalid(missing.map((path) => ({ path, code: 'check_in_incomplete' })));
    }
    if (input.photo) await requirePhoto(ctx, row, input.photo);
    const customer = await customerPlace(ctx, row.customer_id as string);
    const distance = here && customer ? Math.round(metresBetween(here, customer)) : null;
    await settle(ctx, 'visit', row, {
      to: 'checkedIn',
      set: {
        checkedInAt: ctx.now,
        located: here ? 'device' : 'typed',
        latitude: here ? String(round(here.latitude)) : null,
        longitude: here ? String(round(here.longitude)) : null,
        accuracy: here && input.accuracy !== undefined ? Math.round(input.accuracy) : null,
        place: input.place ?? null,
        photo: input.photo ?? null,
        distance,
      },
      action: 'checkIn',
    });
    return { status: 'checkedIn', checkedInAt: ctx.now, distance };
  },
});

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

const placeOf = (latitude?: number, longitude?: number): Place | null =>
  latitude === undefined || longitude === undefined ? null : { latitude, longitude };

/** Where the customer is, as far as that is known. */
async function customerPlace(ctx: Context, id: string): Promise<Place | null> {
  const { rows } = await sql<{ latitude: string | null; longitude: string | null }>`
    select latitude, longitude from customer where id = ${id}`.execute(ctx.db);
  const { latitude, longitude } = rows[0] ?? {};
  return latitude == null || longitude == null
    ? null
    : { latitude: Number(latitude), longitude: Number(longitude) };
}

/** The photo must be a picture of this customer's that the caller sees. */
async function requirePhoto(ctx: Context, visit: Row, id: string): Promise<void> {
  const [photo] = await lockRows(ctx, entityNamed(ctx.registry, 'attachment'), [id]);
  if (photo?.customer_id !== visit.customer_id || photo?.kind !== 'image')
    throw invalid([{ path: 'photo', code: 'check_in_photo' }]);
}

/** Writes the visit down: minutes, reactions, next steps, tasks and promises. It becomes one follow-up. */
const finish = defineCommand({
  ...visitCommand,
  name: 'finish',
  summary: 'Write a visit down; it becomes a follow-up with its tasks and promises',
  input: followUpInput,
  async run(ctx, { rows, input }) {
    const row = only(rows);
    const minutes = input.minutes ?? (row.minutes as string | null) ?? '';
    const reactions = input.reactions ?? (row.reactions as string | null) ?? '';
    const activity = await writeDown(
      ctx,
      row,
      {
        kind: 'visit',
        subject: String(row.objective),
        content: [minutes, reactions].filter(Boolean).join('\n\n'),
        occurredAt: (row.checked_in_at as string | null) ?? ctx.now,
        place: (row.place as string | null) ?? null,
      },
      input,
    );
    const { nextStep = null, nextDate = null } = input;
    await settle(ctx, 'visit', row, {
      to: 'done',
      values: { minutes: minutes || null, reactions: reactions || null, nextStep, nextDate },
      set: { doneAt: ctx.now, activity },
      action: 'finish',
    });
    return { status: 'done', activity };
  },
});

/** Calls a planned visit off. */
const cancel = defineCommand({
  ...visitCommand,
  name: 'cancel',
  summary: 'Call a visit off',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    await settle(ctx, 'visit', only(rows), { to: 'cancelled', action: 'cancel' });
    return { status: 'cancelled' };
  },
});

/** Takes a step back: what was written down is not, what was called off is planned. */
const reopen = defineCommand({
  ...visitCommand,
  name: 'reopen',
  summary: 'Take back the last step of a visit',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    const to = row.status !== 'checkedIn' && row.checked_in_at ? 'checkedIn' : 'planned';
    const nowhere = {
      checkedInAt: null,
      located: null,
      place: null,
      latitude: null,
      longitude: null,
      accuracy: null,
      distance: null,
      photo: null,
    };
    await takeBack(ctx, row);
    await settle(ctx, 'visit', row, {
      to,
      set: { doneAt: null, activity: null, ...(to === 'planned' ? nowhere : {}) },
      action: 'reopen',
    });
    return { status: to };
  },
});

export const visitCommands = [checkIn, finish, cancel, reopen];

import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../context/context.ts';
import { type Services, systemContext } from '../context/services.ts';
import type { Behaviour } from '../entity/behaviour.ts';
import { entityNamed } from '../entity/registry.ts';
import type { Entity, Field } from '../entity/types.ts';
import { addJob, defineJob, type JobSpec } from '../jobs/job.ts';
import { minorUnits } from '../money/currencies.shared.ts';

/** Rows converted by one statement. */
const CHUNK = 5_000;

/** A rate that comes later serves the amounts that waited for one. */
export const exchangeRateBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const { values, problems } of drafts)
      if (values.currency === ctx.currency) problems.push({ path: 'currency', code: 'own_currency' });
  },
  async afterSave(ctx, drafts) {
    if (drafts.length) await addJob(ctx, 'rates.fill', {}, { key: 'all' });
  },
};

/**
 * Converts amounts that were written before their currency had a rate: by the rate of their record's day. What was converted
 * once keeps its rate, also when rates change.
 */
export const fillJob: JobSpec = defineJob({
  name: 'rates.fill',
  input: z.object({}),
  async run(services, _input, { progress }) {
    let done = 0;
    for (const entity of services.registry().entities)
      for (const field of entity.fieldList.filter(({ kind }) => kind === 'money'))
        for (let rows = CHUNK; rows === CHUNK; ) {
          rows = await fill(services, entity, field);
          done += rows;
          await progress(done);
        }
    return { done };
  },
});

/** The day whose rate holds for a row `w`: its own, of a part its head's, else the one it was written on in the company's time. */
function dayIn(ctx: Context, entity: Entity): RawBuilder<unknown> {
  const written = sql`(w.created_at at time zone ${ctx.timeZone})::date`;
  const link = entity.partOf && entity.fields[entity.partOf.field];
  const head = link?.to ? entityNamed(ctx.registry, link.to) : undefined;
  const dated = head ?? entity;
  const own = dated.rateDate ? dated.fields[dated.rateDate]?.column : undefined;
  if (!own) return written;
  const said =
    head && link
      ? sql`(select h.${sql.ref(own)} from ${sql.table(head.table)} h where h.id = w.${sql.ref(link.column)})`
      : sql`w.${sql.ref(own)}`;
  return sql`coalesce(${said}, ${written})`;
}

async function fill(services: Services, entity: Entity, field: Field): Promise<number> {
  const ctx = await systemContext(services, { kind: 'system', reason: 'rates' });
  const column = (suffix = '') => sql.ref(`${field.column}${suffix}`);
  const day = dayIn(ctx, entity);
  const { numAffectedRows } = await sql`update ${sql.table(entity.table)} t
    set ${column('_base')} = round(t.${column()} * f.rate, ${minorUnits(ctx.currency)}::int),
      ${column('_rate')} = f.rate, ${column('_rate_date')} = f.day
    from (select w.id, ${day} as day, r.rate from ${sql.table(entity.table)} w
      cross join lateral (select rate from exchange_rate where currency = w.${column('_currency')}
        and valid_from <= ${day} and deleted_at is null order by valid_from desc limit 1) r
      where w.${column('_base')} is null and w.${column()} is not null
        and w.${column('_currency')} <> ${ctx.currency} limit ${CHUNK}) f
    where f.id = t.id`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}

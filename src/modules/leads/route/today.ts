import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import {
  TODAY_RANK,
  type TodayItem,
  type TodaySource,
  type TodayView,
} from '../../../platform/today/today.ts';

interface Line {
  id: string;
  owner: string;
  status: 'new' | 'nurturing';
  name: string | null;
  company: string | null;
  respondBy: string | null;
  until: string | null;
}

/** Leads that wait for their first answer, and those to come back to today. */
export const leadsToday: TodaySource = { name: 'lead', items: itemsOf };

async function itemsOf(ctx: Context, view: TodayView): Promise<TodayItem[]> {
  const policy = ctx.policies.for('lead');
  const needed = ['status', ...(view.people.length > 1 ? ['owner'] : [])];
  if (!policy.can('read') || !needed.every(policy.sees)) return [];
  const lines = await linesOf(ctx, view);
  const titles = await titlesOf(
    ctx,
    new Map([['user', new Set(view.people.length > 1 ? lines.map(({ owner }) => owner) : [])]]),
  );
  const say = (key: string, params = {}) =>
    translate(ctx.registry.words, ctx.principal.language, key, params);
  return lines.map((line): TodayItem => {
    const fresh = line.status === 'new';
    const due = fresh && policy.sees('respondBy') ? line.respondBy : null;
    const late = due !== null && Temporal.Instant.compare(due, ctx.now) <= 0;
    const name = policy.sees('name') ? line.name : '—';
    const company = policy.sees('company') && line.company !== line.name ? line.company : null;
    return {
      key: `lead:${line.id}`,
      kind: 'lead',
      label: say('lead'),
      color: late ? 'zhu' : fresh ? 'teng' : 'plain',
      rank: late ? TODAY_RANK.overdue : fresh ? TODAY_RANK.timed : TODAY_RANK.callBack,
      at: due,
      date: fresh ? null : line.until,
      title: [name, company].filter(Boolean).join(' · '),
      strong: name,
      why: say(late ? 'lead.today.late' : fresh ? 'lead.today.new' : 'lead.today.nurtured'),
      record: { entity: 'lead', id: line.id },
      owner: titles.get(line.owner) ?? null,
      customer: null,
      action: fresh
        ? {
            label: say('command.start'),
            does: { method: 'POST', path: `/leads/${line.id}/start` },
            undo: { method: 'POST', path: `/leads/${line.id}/put-back` },
            done: say('lead.today.started'),
          }
        : { label: say('lead.today.open'), open: `/r/leads/${line.id}` },
    };
  });
}

/** For each person one range of the index (owner, status, …) for each state. */
async function linesOf(ctx: Context, view: TodayView): Promise<Line[]> {
  const entity = entityNamed(ctx.registry, 'lead');
  const scope = scopeCondition(entity, ctx.policies.for('lead').scope('read'), ctx.principal);
  const part = (
    more: ReturnType<typeof sql>,
    order: string,
  ) => sql`(select t.id, t.owner_id as owner, t.status,
      t.name, t.company, t.respond_by as "respondBy", t.nurture_until as until
    from lead t where t.owner_id = p.id and ${more} and t.deleted_at is null and ${scope}
    order by ${sql.ref(order)} limit ${view.limit})`;
  const { rows } = await sql<Line>`select l.* from unnest(${[...view.people]}::uuid[]) as p(id)
    cross join lateral (${part(sql`t.status = 'new'`, 't.received_at')}
      union all ${part(sql`t.status = 'nurturing' and t.nurture_until <= ${view.today}`, 't.nurture_until')}) l
    limit ${view.limit}`.execute(ctx.db);
  return rows;
}

import { type RawBuilder, sql } from 'kysely';
import { defineFacts } from '../../../platform/facts/fact.ts';
import { COVERAGE_SETTINGS, type CoverageSettings, DEFAULTS, readCoverageSettings } from './settings.ts';

/** In order of what hurts most. */
export const WARNINGS = ['championLeft', 'noDecider', 'silent', 'nobody', 'onlyOne', 'noSenior'] as const;
export type Warning = (typeof WARNINGS)[number];

/** Whoever is new has some time to be met. */
const NEW_DAYS = 30;

const isContact = sql`a.deleted_at is null and a.kind <> 'note'
  and (coalesce(a.content, '') <> '' or coalesce(a.subject, '') <> '')`;

/** Everything the warnings about these customers are judged by, one row each. */
export function coverageOf(
  now: string,
  settings: CoverageSettings,
  ids: readonly string[],
): RawBuilder<unknown> {
  return sql`select c.id, k.key, p.people, s.knowers, l.last_at,
      array_remove(array[
        case when p.champion_left and not p.champion then 'championLeft' end,
        case when k.key and not p.decider then 'noDecider' end,
        case when coalesce(l.last_at, c.created_at) < ${now}::timestamptz - make_interval(days => ${settings.silentDays}::int) then 'silent' end,
        case when s.knowers = 0 and p.people > 0
          and c.created_at < ${now}::timestamptz - make_interval(days => ${NEW_DAYS}) then 'nobody' end,
        case when s.knowers = 1 then 'onlyOne' end,
        case when not p.senior and (p.levelled or (k.key and p.people > 0)) then 'noSenior' end
      ], null) as coverage
    from customer c
    cross join lateral (select exists (select from team_member m where m.customer_id = c.id and m.deleted_at is null) as key) k
    cross join lateral (select count(*) filter (where not x.gone)::int as people,
        coalesce(bool_or(x.level in ('owner', 'executive')) filter (where not x.gone), false) as senior,
        coalesce(bool_or(x.level is not null) filter (where not x.gone), false) as levelled,
        coalesce(bool_or(x.decision_role = 'decider') filter (where not x.gone), false) as decider,
        coalesce(bool_or(x.decision_role = 'champion') filter (where not x.gone), false) as champion,
        coalesce(bool_or(x.decision_role = 'champion') filter (where x.gone), false) as champion_left
      from (select level, decision_role, coalesce("left", false) as gone from contact
        where customer_id = c.id and deleted_at is null) x) p
    cross join lateral (select count(distinct w.user_id)::int as knowers from (
        select q.user_id from acquaintance q where q.customer_id = c.id and q.deleted_at is null
        union select a.owner_id from activity a where a.customer_id = c.id and ${isContact}
          and a.occurred_at > ${now}::timestamptz - interval '1 year'
      ) w join "user" u on u.id = w.user_id and u.status = 'active' and u.deleted_at is null) s
    cross join lateral (select max(a.occurred_at) as last_at from activity a where a.customer_id = c.id and ${isContact}) l
    where c.id = any(${ids}::uuid[]) and c.deleted_at is null and c.kind = 'company'
      ${settings.keyAccountsOnly ? sql`and k.key` : sql``}`;
}

/** Where the relation stands on weak feet (CUS-10): told on the file and by filter, with the reason beside it. */
export const coverageFacts = defineFacts({
  name: 'coverage',
  entity: 'customer',
  fields: { coverage: { kind: 'multiChoice', options: WARNINGS, filterable: true, group: 'relation' } },
  events: [
    'customer.created',
    'customer.updated',
    'customer.merged',
    'contact.*',
    'activity.*',
    'acquaintance.*',
    'teamMember.*',
    'user.updated',
    'user.deleted',
    'user.restored',
  ],
  through: { contact: 'customer', activity: 'customer', acquaintance: 'customer', teamMember: 'customer' },
  async concerned(ctx, events) {
    const people = events.filter(({ entity }) => entity === 'user').flatMap(({ recordIds }) => recordIds);
    if (people.length === 0) return [];
    // Whoever leaves leaves the relations he alone held.
    const { rows } = await sql<{ id: string }>`select customer_id as id from acquaintance
        where user_id = any(${people}::uuid[]) and customer_id is not null
      union select customer_id from activity where owner_id = any(${people}::uuid[]) and customer_id is not null`.execute(
      ctx.db,
    );
    return rows.map(({ id }) => id);
  },
  async compute(ctx, ids) {
    const settings = await readCoverageSettings(ctx.db);
    return sql`select v.id, v.coverage from (${coverageOf(ctx.now, settings, ids)}) v`;
  },
  // Silence begins, and a year ends, without anything happening; a week is looked back in case nights were missed.
  due(ctx) {
    const days = sql`coalesce((select (value->>'silentDays')::int from setting where key = ${COVERAGE_SETTINGS}), ${DEFAULTS.silentDays}::int)`;
    const within = (
      at: RawBuilder<unknown>,
    ) => sql`${at} between ${ctx.now}::timestamptz - make_interval(days => ${days} + 7)
      and ${ctx.now}::timestamptz - make_interval(days => ${days})`;
    return sql`select f.id from customer_fact f where ${within(sql`f.last_contact_at`)}
      union select c.id from customer c where ${within(sql`c.created_at`)} and c.deleted_at is null
      union select c.id from customer c where c.deleted_at is null
        and c.created_at between ${ctx.now}::timestamptz - make_interval(days => ${NEW_DAYS} + 7)
        and ${ctx.now}::timestamptz - make_interval(days => ${NEW_DAYS})
      union select a.customer_id from activity a where a.customer_id is not null
        and a.occurred_at between ${ctx.now}::timestamptz - interval '373 days' and ${ctx.now}::timestamptz - interval '1 year'`;
  },
});

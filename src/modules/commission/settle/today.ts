import { sql } from 'kysely';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { TODAY_RANK, type TodayItem, type TodaySource } from '../../../platform/today/today.ts';
import type { Settlement } from './settlement.ts';

interface Waiting {
  id: string;
  name: string;
  until: string;
  total: string;
  currency: string;
}

/** Settlements that were approved and wait to be paid, for whoever may say that they are. */
export const settlementToday = (settlement: Settlement): TodaySource => ({
  name: settlement.batch,
  async items(ctx, view) {
    const policy = ctx.policies.for(settlement.batch);
    const me = ctx.principal.userId;
    if (!me || !view.people.includes(me) || !policy.can('update')) return [];
    if (!['name', 'status', 'total'].every(policy.sees)) return [];
    const { rows } = await sql<Waiting>`select id, name, until::text, total::text, total_currency as currency
      from ${sql.table(settlement.table)} where status = 'approved' and deleted_at is null
      order by until limit ${view.limit}`.execute(ctx.db);
    const { plural } = entityNamed(ctx.registry, settlement.batch);
    const say = (key: string, params: Record<string, string> = {}) =>
      translate(ctx.registry.words, ctx.principal.language, key, params);
    return rows.map(
      ({ id, name, until, total, currency }): TodayItem => ({
        key: `${settlement.batch}:${id}`,
        kind: settlement.batch,
        label: say(settlement.batch),
        color: 'dai',
        rank: TODAY_RANK.decide,
        at: null,
        date: until,
        title: name,
        strong: null,
        why: say('settlement.today.why', { amount: formatMoney({ amount: total, currency }) }),
        record: { entity: settlement.batch, id },
        owner: null,
        customer: null,
        action: { label: say('settlement.today.open'), open: `/r/${plural}/${id}` },
      }),
    );
  },
});

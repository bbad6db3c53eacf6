import { sql } from 'kysely';
import { translate } from '../../platform/i18n/translations.ts';
import { TODAY_RANK, type TodayItem, type TodaySource } from '../../platform/today/today.ts';

/** Results that wait for the word of whom they are about. */
export const performanceToday: TodaySource = {
  name: 'assessment',
  async items(ctx, view) {
    if (!ctx.principal.userId || !view.people.includes(ctx.principal.userId)) return [];
    const { rows } = await sql<{ scheme: string; name: string; startsOn: string; state: string }>`
      select r.scheme_id as scheme, s.name, r.starts_on::text as "startsOn", r.state from assessment_result r
      join assessment_scheme s on s.id = r.scheme_id and s.deleted_at is null
      where r.person_id = ${ctx.principal.userId} and r.state in ('waiting', 'answered') and r.replaced_at is null
      order by r.starts_on limit ${view.limit}`.execute(ctx.db);
    const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
    return rows.map(
      ({ scheme, name, startsOn, state }): TodayItem => ({
        key: `assessment:${scheme}:${startsOn}`,
        kind: 'assessment',
        label: say('assessment'),
        color: 'teng',
        rank: TODAY_RANK.planned,
        at: null,
        date: null,
        title: `${name} ${startsOn.slice(0, 7)}`,
        strong: null,
        why: say(state === 'answered' ? 'assessment.today.answered' : 'assessment.today.waiting'),
        record: null,
        owner: null,
        customer: null,
        action: {
          label: say('assessment.today.open'),
          open: `/assessments?scheme=${scheme}&startsOn=${startsOn}`,
        },
      }),
    );
  },
};

import { sql } from 'kysely';
import { defineFacts } from '../../platform/facts/fact.ts';
import { givenGrade } from './grade/given.ts';

/**
 * A customer's grade in the main scheme. Whoever grades refreshes them in the same transaction, and another scheme becoming
 * the main one is a job: no event is waited for.
 */
export const gradeFacts = defineFacts({
  name: 'grade',
  entity: 'customer',
  fields: {
    grade: { kind: 'choice', open: true, options: [], filterable: true, group: 'relation' },
    gradeScore: { kind: 'decimal', filterable: true, sortable: true, group: 'relation' },
    gradeSince: { kind: 'instant', group: 'relation' },
  },
  events: [],
  compute: (_ctx, ids) => sql`select i.id, g.grade, g.score as grade_score, g.since as grade_since
    from (select id from grade_scheme where main and active and deleted_at is null) s
    cross join unnest(${ids}::uuid[]) as i(id)
    join ${givenGrade(sql`s.id`, sql`i.id`)} g on g.grade is not null`,
});

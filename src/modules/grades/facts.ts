import { sql } from 'kysely';
import { defineFacts } from '../../platform/facts/fact.ts';

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
  compute: (
    _ctx,
    ids,
  ) => sql`select g.customer_id as id, g.grade, g.score as grade_score, g.since as grade_since
    from customer_grade g join grade_scheme s on s.id = g.scheme_id and s.main and s.active and s.deleted_at is null
    where g.customer_id = any(${ids}::uuid[]) and g.grade is not null`,
});

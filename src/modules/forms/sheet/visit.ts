import { type RawBuilder, sql } from 'kysely';
import { instantToLocal } from '../../../platform/time/instant.shared.ts';
import { type Base, requireFields, rowsOf, seesFields, within } from './base.ts';
import { fitting, type Kind, MOST_ROWS, text } from './kind.ts';
import { withoutPhones } from './phones.ts';

const COLUMNS = [
  text('at', 1.2),
  text('customer', 1.9),
  text('people', 1.2, { needs: ['contact.name', 'activity.contacts'] }),
  text('visitor', 0.9),
  text('subject', 1.8),
  text('content', 3),
  text('reaction', 2, { edit: 'text', needs: ['visit.reactions'] }),
  text('promised', 1.8, { needs: ['promise.what', 'promise.dueDate'] }),
  text('next', 1.5),
];

interface Line {
  id: string;
  customerId: string | null;
  at: string;
  customer: string | null;
  people: string | null;
  visitor: string | null;
  subject: string | null;
  content: string | null;
  reaction: string | null;
  promised: string | null;
  next: string;
}

/** 客户拜访记录表 from the visits that were written down. */
export const visit: Kind = {
  landscape: true,
  needs: {
    activity: ['kind', 'owner', 'customer', 'subject', 'content', 'occurredAt', 'nextStep', 'nextDate'],
  },
  columns: async () => COLUMNS,
  async read(base) {
    const { rows, cut } = fitting(await visited(base));
    return {
      rows: rows.map((line) => ({
        key: line.id,
        customer: line.customerId,
        cells: {
          at: instantToLocal(line.at, base.ctx.timeZone).slice(0, 16).replace('T', ' '),
          customer: line.customer,
          people: line.people,
          visitor: line.visitor,
          subject: withoutPhones(line.subject),
          content: withoutPhones(line.content),
          reaction: withoutPhones(line.reaction),
          promised: withoutPhones(line.promised),
          next: withoutPhones(line.next),
        },
      })),
      notes: [],
      cut,
    };
  },
};

async function visited({ ctx, period, customers, action }: Base): Promise<Line[]> {
  requireFields(ctx, 'activity', action, ['occurredAt']);
  // What may not be seen is not read either.
  const only = (needs: readonly string[], value: RawBuilder<unknown>) =>
    seesFields(ctx, needs) ? value : sql`null`;
  const { rows } =
    await sql<Line>`select a.id, t.id as "customerId", a.occurred_at as at, t.name as customer, u.name as visitor,
      a.subject, left(a.content, 400) as content, concat_ws(' ', a.next_date::text, a.next_step) as next,
      ${only(
        ['contact.name', 'activity.contacts'],
        sql`(select string_agg(k.name, '、' order by k.name) from contact k
        where k.id = any(a.contact_ids) and k.deleted_at is null and ${rowsOf(ctx, 'contact', 'read', 'k')})`,
      )} as people,
      ${only(
        ['visit.reactions'],
        sql`(select left(v.reactions, 300) from visit v
        where v.activity_id = a.id and v.deleted_at is null order by v.id limit 1)`,
      )} as reaction,
      ${only(
        ['promise.what', 'promise.dueDate'],
        sql`(select string_agg(concat_ws(' ', p.what, p.due_date::text), '；' order by p.id)
        from promise p where p.deleted_at is null and p.customer_id = t.id and (p.activity_id = a.id or p.visit_id in
          (select v.id from visit v where v.activity_id = a.id)) and ${rowsOf(ctx, 'promise', 'read', 'p')})`,
      )} as promised
    from activity a join customer t on t.id = a.customer_id left join "user" u on u.id = a.owner_id
    where ${customers} and ${rowsOf(ctx, 'activity', action, 'a')} and a.kind = 'visit'
      and ${within(ctx, 'a.occurred_at', period)}
    order by a.occurred_at, a.id limit ${MOST_ROWS + 1}`.execute(ctx.db);
  return rows;
}

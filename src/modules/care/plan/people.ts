import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';
import { idPages } from '../../../platform/entity/list.ts';
import type { Filter } from '../../../platform/entity/meta.shared.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import { type Festival, festivalsOn } from '../dates/festivals.shared.ts';

export type Occasion = 'birthday' | 'memory' | 'anniversary' | 'festival';

export interface Plan {
  id: string;
  name: string;
  occasion: Occasion;
  festival: Festival | null;
  action: string;
  grades: string | null;
  segment: string | null;
  leadDays: number;
  assignee: string | null;
  text: string | null;
}

/** Somebody to be cared for. A customer's company has no contact: then it is the customer itself. */
export interface Person {
  person: string;
  contact: string | null;
  customer: string;
  name: string;
  sex: 'male' | 'female' | null;
  company: string;
  memory: string | null;
  owner: string | null;
}

const OCCASIONS: readonly Occasion[] = ['birthday', 'memory', 'anniversary', 'festival'];

/** Those of the plans, as `plansOf` orders them, that count more than one; one that is not saved yet comes last of its occasion. */
export const countingMore = (plans: readonly Plan[], { id, occasion }: Plan): Plan[] =>
  plans.filter((other) => {
    const by = OCCASIONS.indexOf(other.occasion) - OCCASIONS.indexOf(occasion);
    return by < 0 || (by === 0 && other.id !== id && (id === '' || other.id < id));
  });

/** Of these people those to whom something that counts more is coming on the same day, and by which plan. */
export async function greetedBy(
  ctx: Context,
  before: readonly Plan[],
  day: string,
  only: readonly string[],
): Promise<Map<string, Plan>> {
  const taken = new Map<string, Plan>();
  if (only.length === 0) return taken;
  for (const other of before) {
    const theirs = (await peopleOn(ctx, other, day, { only })).filter(({ owner }) => owner !== null);
    for (const { person } of await meant(ctx, other, theirs))
      if (!taken.has(person)) taken.set(person, other);
  }
  return taken;
}

/** The plans in use, what counts most first: of several on one day a person gets the first. */
export async function plansOf(ctx: Context): Promise<Plan[]> {
  const { rows } = await sql<Plan>`select p.id, p.name, p.occasion, p.festival, p.action, p.grades,
      p.segment_id as segment, p.lead_days as "leadDays", p.assignee_id as assignee, p.text
    from care_plan p where p.deleted_at is null and p.active
    order by array_position(${[...OCCASIONS]}::text[], p.occasion), p.id`.execute(ctx.db);
  return rows;
}

/** What is remembered of company and business, not of a person's life. */
const ANNIVERSARIES = ['founding', 'firstOrder', 'cooperation'];

/** The people an occasion falls on, as rows of person, contact, customer and what is remembered. */
function occasionRows(plan: Plan, day: string): RawBuilder<unknown> {
  if (plan.occasion === 'birthday')
    return sql`select k.id as person, k.id as contact, k.customer_id as customer, null as memory
      from contact_fact f join contact k on k.id = f.id where f.next_birthday = ${day}::date
      union all select c.id, null, c.id, null from customer_fact f join customer c on c.id = f.id
      where f.next_birthday = ${day}::date and c.kind = 'person'`;
  if (plan.occasion === 'festival')
    return sql`select k.id as person, k.id as contact, k.customer_id as customer, null as memory from contact k
      where k.deleted_at is null union all select c.id, null, c.id, null from customer c where c.kind = 'person'`;
  const kinds = sql`r.kind ${plan.occasion === 'anniversary' ? sql`= any` : sql`<> all`}(${ANNIVERSARIES}::text[])`;
  return sql`select distinct on (1) coalesce(r.contact_id, r.customer_id) as person, r.contact_id as contact,
      r.customer_id as customer, r.text as memory
    from remembered_fact_fact f join remembered_fact r on r.id = f.id
    where f.next_on = ${day}::date and r.deleted_at is null and r.remind and ${kinds} order by 1, r.id`;
}

interface Part {
  /** Only those after this id, and so many. */
  after?: string;
  limit?: number;
  only?: readonly string[];
}

/**
 * Whom a plan has something for on a day, in order of id, those left out who want no care or are no longer there. Whether the
 * plan's customers include theirs is asked by `meant`.
 */
export async function peopleOn(ctx: Context, plan: Plan, day: string, part: Part): Promise<Person[]> {
  const festival = plan.occasion === 'festival' ? plan.festival : null;
  if (plan.occasion === 'festival' && !(festival && festivalsOn(day).includes(festival))) return [];
  const { rows } = await sql<Person>`select o.person, o.contact, o.customer, coalesce(k.name, c.name) as name,
      coalesce(k.sex, c.sex) as sex, c.name as company, o.memory, u.id as owner
    from (${occasionRows(plan, day)}) o
    join customer c on c.id = o.customer and c.deleted_at is null and coalesce(c.status, 'active') = 'active'
    left join contact k on k.id = o.contact
    left join "user" u on u.id = coalesce(${plan.assignee}::uuid, c.owner_id) and u.status = 'active'
    where (k.id is null or (k.deleted_at is null and k.left is distinct from true))
      and not exists (select 1 from care_preference p where p.record_id in (o.person, o.customer)
        and (p.off or (${festival}::text is not null and p.festivals is not null and not ${festival}::text = any(p.festivals))))
      ${part.only ? sql`and o.person = any(${[...part.only]}::uuid[])` : sql``}
      ${part.after ? sql`and o.person > ${part.after}::uuid` : sql``}
    order by o.person ${part.limit ? sql`limit ${part.limit}` : sql``}`.execute(ctx.db);
  return rows;
}

/** Which customers a plan is meant for. */
export function conditionsOf(plan: Plan): Filter[] {
  const grades = (plan.grades ?? '').split(/[,，、\s]+/).filter(Boolean);
  return [
    ...(plan.segment ? [{ segment: plan.segment }] : []),
    ...(grades.length ? [{ field: 'grade', op: 'in', value: grades } as Filter] : []),
  ];
}

/** Whether it can be told whom a plan is meant for: its segment may have lost a field since. */
export async function isSound(ctx: Context, plan: Plan): Promise<boolean> {
  try {
    await compileFilter({ and: conditionsOf(plan) }, { ctx, policy: ctx.policies.for('customer') });
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

/** Of these people, those whose customers a plan is meant for. */
export async function meant(ctx: Context, plan: Plan, people: readonly Person[]): Promise<Person[]> {
  const conditions = conditionsOf(plan);
  if (conditions.length === 0 || people.length === 0) return [...people];
  const customers = [...new Set(people.map(({ customer }) => customer))];
  const filter: Filter = { and: [{ field: 'id', op: 'in', value: customers }, ...conditions] };
  const found = new Set<string>();
  for await (const ids of idPages(ctx, 'customer', { filter }, 'read', 1000))
    for (const id of ids) found.add(id);
  return people.filter(({ customer }) => found.has(customer));
}

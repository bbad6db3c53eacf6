import { type RawBuilder, sql } from 'kysely';
import { type EntityPolicy, ownerColumns } from '../../../platform/access/policy.ts';
import { type Condition, scopeCondition } from '../../../platform/access/where.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { fieldColumns } from '../../../platform/entity/columns.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import type { Entity } from '../../../platform/entity/types.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import type { OpenWork, OtherWork } from '../../../platform/ownership/rules.ts';
import type { OpenRecord, Plan } from './distribute.ts';

/** A rule with more lines than this nobody writes. */
const MOST_VALUES = 100;

/** Kinds of open work, customers first: the rest goes where its customer goes. */
export function kindsOfWork(ctx: Context): OpenWork[] {
  const order = ({ entity, follows }: OpenWork) => (entity === 'customer' ? 0 : follows ? 2 : 1);
  return ctx.ownership.openWork
    .filter(({ entity }) => ctx.registry.byName.has(entity))
    .toSorted((a, b) => order(a) - order(b));
}

/** Whoever may give customers away beyond his own hands over what people leave there. Throws `forbidden` else. */
export function requireGiving(ctx: Context): void {
  const giving = ctx.policies.for('customer').scope('transfer');
  if (giving.kind === 'none' || (giving.kind === 'some' && giving.departments.length === 0))
    throw forbidden();
}

/** People whose other work the caller may give away: those of the departments whose customers he may. */
function peopleWithin(ctx: Context, only?: string): RawBuilder<unknown> {
  const giving = ctx.policies.for('customer').scope('transfer');
  const departments = giving.kind === 'some' ? [...giving.departments] : [];
  const who = only ? sql`u.id = ${only}` : sql`(u.status = 'deactivated' or u.deleted_at is not null)`;
  const within = giving.kind === 'all' ? sql`true` : sql`u.department_id = any(${departments}::uuid[])`;
  return sql`(select u.id from "user" u where ${who} and ${within})`;
}

/** Everything that may be handed over, with what it is called. */
export const labelledKinds = (ctx: Context): { entity: string; label: string; follows: boolean }[] => [
  ...kindsOfWork(ctx).map(({ entity, label, follows }) => ({ entity, label, follows: Boolean(follows) })),
  ...ctx.ownership.otherWork.map(({ name, label }) => ({ entity: name, label, follows: false })),
];

const ownerColumn = (entity: Entity, work: OpenWork) =>
  sql.ref(`t.${entity.fields[work.field ?? 'owner']?.column ?? 'owner_id'}`);

/** Open records `t` of a kind within what the caller may give away. */
async function openRows(
  ctx: Context,
  work: OpenWork,
): Promise<{ entity: Entity; owner: RawBuilder<unknown>; where: Condition }> {
  const entity = entityNamed(ctx.registry, work.entity);
  const system = asSystem(ctx, 'handover');
  const filter = await compileFilter(work.open, { ctx: system, policy: system.policies.for(entity.name) });
  const giving = ctx.policies.for('customer').scope('transfer');
  const scope = giving.kind === 'some' ? { ...giving, owners: ownerColumns(entity) } : giving;
  const open = filter.condition ?? sql<boolean>`true`;
  return {
    entity,
    owner: ownerColumn(entity, work),
    where: sql`t.deleted_at is null and ${open} and ${scopeCondition(entity, scope, ctx.principal)}`,
  };
}

/** People with open work who are not at work any more, or one person whoever he is, with how much of each kind. */
export async function waiting(ctx: Context, only?: string) {
  const counts = new Map<string, Record<string, number>>();
  for (const work of kindsOfWork(ctx)) {
    const { entity, owner, where } = await openRows(ctx, work);
    const who = only
      ? sql`${owner} = ${only}`
      : sql`${owner} in (select id from "user" where status = 'deactivated' or deleted_at is not null)`;
    const { rows } = await sql<{ id: string; n: number }>`select ${owner} as id, count(*)::int as n
      from ${sql.table(entity.table)} t where ${who} and ${where} group by 1`.execute(ctx.db);
    for (const { id, n } of rows) {
      const held = counts.get(id) ?? {};
      held[work.entity] = (held[work.entity] ?? 0) + n;
      counts.set(id, held);
    }
  }
  const within = peopleWithin(ctx, only);
  for (const { name, open } of ctx.ownership.otherWork) {
    for (const { person } of await open(ctx, within)) {
      const held = counts.get(person) ?? {};
      held[name] = (held[name] ?? 0) + 1;
      counts.set(person, held);
    }
  }
  const ids = only ? [only] : [...counts.keys()];
  const { rows: people } = await sql<{ id: string; name: string; status: string; department: string | null }>`
    select u.id, u.name, u.status, d.name as department from "user" u left join department d on d.id = u.department_id
    where u.id = any(${ids}::uuid[]) order by u.name, u.id`.execute(ctx.db);
  return people.map((person) => ({ ...person, open: counts.get(person.id) ?? {} }));
}

/** Stands for a name the caller may not read. */
export const UNNAMED = '—';

/** One kind of open work of a person: records of his, or other places where he is asked. */
export type Group = { entity: string; records: (OpenRecord & { title: string })[] } & (
  | { work: OpenWork; other?: never }
  | { work?: never; other: OtherWork }
);

/** Everything open of a person in a fixed order, with the value a plan goes by. */
export async function openOf(ctx: Context, userId: string, plan: Plan) {
  const groups: Group[] = [];
  for (const work of kindsOfWork(ctx)) {
    const { entity, owner, where } = await openRows(ctx, work);
    const follows = work.follows ? entity.fields[work.follows] : undefined;
    const policy = ctx.policies.for(entity.name);
    const title = policy.sees(entity.title)
      ? sql.ref(`t.${entity.fields[entity.title]?.column}`)
      : sql`${UNNAMED}::text`;
    const { rows } = await sql<OpenRecord & { title: string }>`select t.id, ${title} as title,
        ${follows ? sql.ref(`t.${follows.column}`) : sql`null::uuid`} as follows, ${ruleValue(policy, plan)} as value
      from ${sql.table(entity.table)} t where ${owner} = ${userId} and ${where} order by t.id`.execute(
      ctx.db,
    );
    groups.push({ work, entity: work.entity, records: rows });
  }
  for (const other of ctx.ownership.otherWork) {
    const items = await other.open(ctx, peopleWithin(ctx, userId));
    const records = items.map(({ id, title }) => ({ id, title, follows: null, value: null }));
    groups.push({ other, entity: other.name, records });
  }
  return groups;
}

/** What the rule goes by, as text; a field others do not have gives null. */
function ruleValue(policy: EntityPolicy, { rule }: Plan): RawBuilder<unknown> {
  if (rule.kind !== 'field') return sql`null::text`;
  const { entity } = policy;
  // By what he may not read nobody can sort people's work, and so read it.
  const field = policy.sees(rule.field) ? entity.fields[rule.field] : undefined;
  if (entity.name === 'customer' && !field)
    throw problem('invalid', { errors: [{ path: 'plan.rule.field', code: 'unknown_field' }] });
  const column = field && fieldColumns(field)[0]?.name;
  if (!field || !column) return sql`null::text`;
  return field.fact
    ? sql`(select f.${sql.ref(column)}::text from ${sql.table(`${entity.table}_fact`)} f where f.id = t.id)`
    : sql`t.${sql.ref(column)}::text`;
}

/** The values of a field among the customers of a person, the most frequent first: what a rule can be made of. */
export async function valuesOf(ctx: Context, userId: string, field: string) {
  const plan: Plan = { rule: { kind: 'field', field, to: {}, otherwise: null }, byHand: {} };
  const value = ruleValue(ctx.policies.for('customer'), plan);
  const customers = kindsOfWork(ctx).find(({ entity }) => entity === 'customer');
  if (!customers) return [];
  const { entity, owner, where } = await openRows(ctx, customers);
  const { rows } = await sql<{
    value: string | null;
    count: number;
  }>`select coalesce(${value}, '') as value, count(*)::int as count from ${sql.table(entity.table)} t
    where ${owner} = ${userId} and ${where} group by 1 order by 2 desc, 1 limit ${MOST_VALUES}`.execute(
    ctx.db,
  );
  return rows;
}

/** How many customers each person has. */
export async function loadsOf(ctx: Context, people: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{
    id: string;
    n: number;
  }>`select owner_id as id, count(*)::int as n from customer
    where owner_id = any(${[...people]}::uuid[]) and deleted_at is null group by owner_id`.execute(ctx.db);
  return new Map(rows.map(({ id, n }) => [id, n]));
}

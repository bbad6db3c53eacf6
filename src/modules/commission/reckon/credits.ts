import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { bulkInsert } from '../../../platform/db/bulk.ts';
import { uuidv7 } from '../../../platform/db/uuid.ts';

/** Whose an allocation is by a plan, decided once: what was booked for it, and in which period of his it counts. */
export interface Credit {
  id: string;
  posting: string;
  plan: string;
  person: string;
  /** Whose achievement it is: his own, or of somebody who reports to him. */
  via: string;
  period: string;
  base: string;
  fresh: boolean;
}

export const creditKey = ({
  posting,
  plan,
  person,
  via,
}: Pick<Credit, 'posting' | 'plan' | 'person' | 'via'>) => `${posting} ${plan} ${person} ${via}`;

/** All that was ever credited for these allocations. */
export async function creditsOf(ctx: Context, postings: readonly string[]): Promise<Credit[]> {
  if (postings.length === 0) return [];
  const { rows } =
    await sql<Credit>`select id, posting_id as posting, plan_id as plan, person_id as person, via_id as via,
      period::text, base::text, false as fresh
    from commission_credit where posting_id = any(${[...postings]}::uuid[]) order by id`.execute(ctx.db);
  return rows;
}

export const newCredit = (of: Omit<Credit, 'id' | 'base' | 'fresh'>): Credit => ({
  ...of,
  id: uuidv7(),
  base: '0',
  fresh: true,
});

const COLUMNS = [
  { name: 'id', type: 'uuid' },
  { name: 'posting_id', type: 'uuid' },
  { name: 'plan_id', type: 'uuid' },
  { name: 'person_id', type: 'uuid' },
  { name: 'via_id', type: 'uuid' },
  { name: 'period', type: 'date' },
  { name: 'base', type: 'numeric' },
] as const;

/** Writes what credits come to now. */
export async function storeCredits(ctx: Context, credits: readonly Credit[]): Promise<void> {
  const row = ({ id, posting, plan, person, via, period, base }: Credit) => ({
    ...{ id, period, base },
    ...{ posting_id: posting, plan_id: plan, person_id: person, via_id: via },
  });
  await bulkInsert(ctx.db, 'commission_credit', COLUMNS, credits.filter(({ fresh }) => fresh).map(row));
  const old = credits.filter(({ fresh }) => !fresh);
  if (old.length)
    await sql`update commission_credit c set base = n.base
      from unnest(${old.map(({ id }) => id)}::uuid[], ${old.map(({ base }) => base)}::numeric[]) n(id, base)
      where c.id = n.id`.execute(ctx.db);
}

/** What a person has reached by a plan in a period, and what that has earned him. */
export interface Reached {
  plan: string;
  person: string;
  period: string;
  base: string;
  amount: string;
}

export const reachedKey = ({ plan, person, period }: Pick<Reached, 'plan' | 'person' | 'period'>) =>
  `${plan} ${person} ${period}`;

/** Locks what people have reached, always in the same order, so that two who reckon at once wait and never deadlock. */
export async function lockReached(
  ctx: Context,
  wanted: readonly Pick<Reached, 'plan' | 'person' | 'period'>[],
): Promise<Map<string, Reached>> {
  const distinct = [...new Map(wanted.map((each) => [reachedKey(each), each])).values()].sort((a, b) =>
    reachedKey(a) < reachedKey(b) ? -1 : 1,
  );
  if (distinct.length === 0) return new Map();
  const { rows } =
    await sql<Reached>`insert into commission_reached as r (plan_id, person_id, period, base, amount)
    select w.plan, w.person, w.period, 0, 0 from unnest(${distinct.map(({ plan }) => plan)}::uuid[],
      ${distinct.map(({ person }) => person)}::uuid[], ${distinct.map(({ period }) => period)}::date[])
      with ordinality as w(plan, person, period, n) order by w.n
    on conflict (person_id, plan_id, period) do update set base = r.base
    returning plan_id as plan, person_id as person, period::text, base::text, amount::text`.execute(ctx.db);
  return new Map(rows.map((row) => [reachedKey(row), row]));
}

/** Writes what they have reached now. */
export async function storeReached(ctx: Context, all: readonly Reached[]): Promise<void> {
  if (all.length === 0) return;
  await sql`update commission_reached r set base = n.base, amount = n.amount
    from unnest(${all.map(({ plan }) => plan)}::uuid[], ${all.map(({ person }) => person)}::uuid[],
      ${all.map(({ period }) => period)}::date[], ${all.map(({ base }) => base)}::numeric[],
      ${all.map(({ amount }) => amount)}::numeric[]) n(plan, person, period, base, amount)
    where r.plan_id = n.plan and r.person_id = n.person and r.period = n.period`.execute(ctx.db);
}

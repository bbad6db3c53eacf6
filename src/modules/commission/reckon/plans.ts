import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Period, PlanDefinition } from '../plan/definition.shared.ts';

/** A plan as reckoning reads it. */
export interface Plan {
  id: string;
  name: string;
  whose: 'own' | 'team';
  period: Period;
  adds: boolean;
  validFrom: string;
  validTo: string | null;
  people: string[];
  roles: string[];
  departments: string[];
  definition: PlanDefinition;
}

/** All plans that are or were in force, in the order in which they hold; companies have few. */
export async function plansInForce(ctx: Context): Promise<Plan[]> {
  const { rows } =
    await sql<Plan>`select id, name, whose, period, coalesce(adds, false) as adds, valid_from::text as "validFrom",
      valid_to::text as "validTo", coalesce(people_ids, '{}') as people, coalesce(role_ids, '{}') as roles,
      coalesce(department_ids, '{}') as departments, definition
    from commission_plan where status in ('inForce', 'ended') and deleted_at is null order by rank, valid_from, id`.execute(
      ctx.db,
    );
  return rows;
}

/** Who somebody is for plans: his roles, his department and those above it, and whom he reports to. */
export interface Standing {
  person: string;
  roles: string[];
  departments: string[];
  manager: string | null;
}

/** Looks people up once. */
export function standings(ctx: Context): (person: string) => Promise<Standing> {
  const { directory } = ctx.approvals;
  const known = new Map<string, Promise<Standing>>();
  const look = async (person: string): Promise<Standing> => {
    const [roles, departments, managers] = [
      await directory.rolesOf(ctx, person),
      await directory.departmentsAbove(ctx, person),
      await directory.managersAbove(ctx, person),
    ];
    return { person, roles, departments, manager: managers[0] ?? null };
  };
  return (person) => {
    const found = known.get(person) ?? look(person);
    known.set(person, found);
    return found;
  };
}

const named = ({ people, roles, departments }: Plan) => people.length + roles.length + departments.length > 0;

/** Whether a plan is meant for somebody; one that names nobody is for all. */
export const isFor = (plan: Plan, { person, roles, departments }: Standing): boolean =>
  !named(plan) ||
  plan.people.includes(person) ||
  plan.roles.some((id) => roles.includes(id)) ||
  plan.departments.some((id) => departments.includes(id));

/**
 * The plans by which somebody is paid for what happened on a day: the first that fits, unless one holds already, and all that add to it.
 * @param held plans he has been paid by for it: they stay
 */
export function plansFor(
  plans: readonly Plan[],
  whose: Plan['whose'],
  who: Standing,
  day: string,
  held: ReadonlySet<string> = new Set(),
): Plan[] {
  const mine = plans.filter(
    (plan) =>
      plan.whose === whose &&
      (held.has(plan.id) ||
        (plan.validFrom <= day && (plan.validTo === null || day <= plan.validTo) && isFor(plan, who))),
  );
  const main = mine.filter(({ adds }) => !adds);
  const first = main.find(({ id }) => held.has(id)) ?? main[0];
  return mine.filter((plan) => plan.adds || plan === first);
}

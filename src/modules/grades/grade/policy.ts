import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { GradePolicy } from '../scheme/definition.shared.ts';
import { activeSchemes } from '../scheme/read.ts';
import { givenGrade } from './given.ts';

/** Where no grade lays a rhythm down, a customer hears from us at least so often. */
export const DEFAULT_CONTACT_DAYS = 30;

/** How a customer is served, with the grade it follows from. */
interface CustomerPolicy extends GradePolicy {
  grade: string;
}

/**
 * How customers are to be served by their grade in the main scheme. One statement for any number; who has no grade, or where
 * no scheme is in use, is not in the answer. Says what is laid down, not who may see it: callers have the customer in hand.
 */
export async function policiesOfCustomers(
  ctx: Pick<Context, 'db'>,
  ids: readonly string[],
): Promise<Map<string, CustomerPolicy>> {
  const main = (await activeSchemes(ctx)).find((scheme) => scheme.main);
  if (!main || ids.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    grade: string;
  }>`select i.id, g.grade from unnest(${[...ids]}::uuid[]) as i(id)
    join ${givenGrade(sql`${main.id}`, sql`i.id`)} g on g.grade is not null`.execute(ctx.db);
  const policies = new Map(main.definition.grades.map(({ value, policy }) => [value, policy ?? {}]));
  return new Map(rows.map(({ id, grade }) => [id, { ...policies.get(grade), grade }]));
}

/** The same of one customer. */
export async function policyOf(ctx: Pick<Context, 'db'>, id: string): Promise<CustomerPolicy | null> {
  return (await policiesOfCustomers(ctx, [id])).get(id) ?? null;
}

import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { uuidv7 } from '../../../platform/db/uuid.ts';
import { insertDrafts } from '../../../platform/entity/insert.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import type { How } from './how.shared.ts';

/** A row as reckoning finds it. */
export interface NewRow {
  plan: string;
  person: string;
  period: string;
  credit: string;
  customer: string;
  name: string;
  order?: string;
  contract?: string;
  receipt: string;
  amount: string;
  base: string;
  how: How;
}

/**
 * Enters rows reckoned by a plan. What they refer to was there when the money came; it may lie in the recycle bin by now, which
 * takes nothing from what has to be taken back: so nobody is asked whether he may refer to it.
 */
export async function enterRows(ctx: Context, rows: readonly NewRow[]): Promise<void> {
  if (rows.length === 0) return;
  const departments = await departmentsOf(
    ctx,
    rows.map(({ person }) => person),
  );
  const day = dayOf(ctx);
  const money = (amount: string) => ({ amount: roundMoney(amount, ctx.currency), currency: ctx.currency });
  const drafts = rows.map(({ person, amount, base, ...row }) => {
    const department = departments.get(person) ?? null;
    const back = new Exact(base).isNegative();
    const values = {
      ...{ ...row, day, status: 'open', owner: person, department },
      kind: back ? 'takenBack' : 'earned',
      amount: money(amount),
      base: money(base),
    };
    return {
      draft: { id: uuidv7(), before: null, values, problems: [], warnings: [] },
      scope: { owner_id: person, department_id: department },
    };
  });
  await insertDrafts(ctx, entityNamed(ctx.registry, 'commissionRow'), drafts);
}

async function departmentsOf(ctx: Context, people: readonly string[]): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ id: string; department: string | null }>`select id, department_id as department
    from "user" where id = any(${[...people]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ id, department }) => [id, department]));
}

import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { closes, closingOf } from './sums.shared.ts';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** A month's stock adds up, and stands with the partner's own side whoever writes it. */
export const stockBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    await placeWithPartner(ctx, drafts);
    for (const draft of drafts) {
      const { before, values, problems } = draft;
      if (!before) values.name ??= values.month;
      if (!before && !MONTH.test(String(values.month ?? '')))
        problems.push({ path: 'month', code: 'bad_month' });
      const [opening, inflow, outflow] = (['opening', 'inflow', 'outflow'] as const).map(
        (name) => (draftValue(draft, name) as string | null) ?? '0',
      ) as [string, string, string];
      const told = values.closing as string | null | undefined;
      const moved = ['opening', 'inflow', 'outflow'].some((name) => name in values);
      if (told === null || (told === undefined && (!before || moved)))
        values.closing = closingOf({ opening, inflow, outflow });
      const closing = draftValue(draft, 'closing') as string;
      if (closing.startsWith('-')) problems.push({ path: 'outflow', code: 'stock_below_zero' });
      else if (!closes({ opening, inflow, outflow, closing }))
        problems.push({
          path: 'closing',
          code: 'stock_does_not_close',
          params: { closing: closingOf({ opening, inflow, outflow }) },
        });
    }
  },
};

/** What stands nowhere else stands with the partner: its people see what the house wrote for it. */
async function placeWithPartner(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const fresh = drafts.filter(
    ({ before, values }) => !before && values.partner && values.department === undefined,
  );
  if (fresh.length === 0) return;
  const ids = [...new Set(fresh.map(({ values }) => values.partner as string))];
  const { rows } = await sql<{ id: string; unit: string }>`select id, unit_id as unit from partner
    where id = any(${ids}::uuid[])`.execute(ctx.db);
  const units = new Map(rows.map(({ id, unit }) => [id, unit]));
  for (const { values } of fresh) {
    const unit = units.get(values.partner as string);
    if (unit) values.department = unit;
  }
}

import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { firstDay, type PeriodKind, periodName } from '../../../platform/time/period.shared.ts';

/** A target is for a period that is one, belongs to whom it is for, and is named after him. */
export const targetBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    const named = drafts.filter(({ before, values }) => before === null || 'owner' in values);
    for (const draft of named) place(ctx, draft);
    const names = await namesFor(ctx, named);
    for (const draft of named) {
      const aim = aimOf(draft);
      draft.values.aim = Object.values(aim)
        .map((each) => each ?? '')
        .join('/');
      const { owner, team, product, category, province, startsOn, period } = aim;
      draft.values.name ??= [
        names.get(team ?? owner ?? ''),
        names.get(product ?? category ?? ''),
        province,
        startsOn && period ? periodName(period, startsOn, ctx.yearBegins) : '',
      ]
        .filter(Boolean)
        .join(' ');
    }
  },
};

/** The first day of its period, and whose it is: a department's has no owner. */
function place(ctx: Context, draft: Draft): void {
  const { values, problems, before } = draft;
  const { team, product, category, period, startsOn } = aimOf(draft);
  if (product && category) problems.push({ path: 'category', code: 'target_of_one' });
  if (before === null) refuseUntold(ctx, draft);
  // What was set before the company's year began with another month stays where it is.
  if (before === null && startsOn && period) values.startsOn = firstDay(period, startsOn, ctx.yearBegins);
  if (!team) return;
  values.owner = null;
  values.department = team;
}

/** What a target is for, in the order its one text has it. */
function aimOf(draft: Draft) {
  const text = (name: string, column = name) => (draftValue(draft, name, column) as string | null) ?? null;
  return {
    measure: text('measure'),
    period: text('period') as PeriodKind | null,
    startsOn: text('startsOn', 'starts_on') ?? '',
    owner: text('owner', 'owner_id'),
    team: text('team', 'team_id'),
    product: text('product', 'product_id'),
    category: text('category', 'category_id'),
    province: text('province'),
  };
}

/** Receipts tell no product: a target that nothing would ever count towards is none. */
function refuseUntold(ctx: Context, draft: Draft): void {
  const achievement = ctx.achievements.find(({ name }) => name === draft.values.measure);
  if (!achievement) return;
  const { whole, byProduct } = achievement;
  const tally = draft.values.product || draft.values.category ? (byProduct ?? whole) : whole;
  for (const path of ['product', 'category', 'province'] as const)
    if (draft.values[path] && !tally[path]) draft.problems.push({ path, code: 'target_untold' });
}

/** What people, departments and products are called, by id. */
async function namesFor(ctx: Context, drafts: readonly Draft[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const tables = {
    owner: 'user',
    team: 'department',
    product: 'product',
    category: 'product_category',
  } as const;
  for (const [field, table] of Object.entries(tables)) {
    const ids = [...new Set(drafts.flatMap((draft) => aimOf(draft)[field as keyof typeof tables] ?? []))];
    if (ids.length === 0) continue;
    const { rows } = await sql<{ id: string; name: string }>`select id, name from ${sql.table(table)}
      where id = any(${ids}::uuid[])`.execute(ctx.db);
    for (const { id, name } of rows) names.set(id, name);
  }
  return names;
}

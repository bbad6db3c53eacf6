import { sql } from 'kysely';
import type { Achievement, AchievementAsked } from '../../platform/achievements/achievement.ts';
import { knows } from '../../platform/achievements/read.ts';
import type { Context } from '../../platform/context/context.ts';
import type { Link } from '../../platform/entity/meta.shared.ts';
import { titlesOf } from '../../platform/entity/titles.ts';
import { forbidden, notFound } from '../../platform/errors/problem.ts';
import type { Aspect } from './target/read.ts';

/** A measure that targets are set of, as it is offered. */
export interface MeasureEntry {
  name: string;
  label: string;
  unit: Achievement['unit'];
  /** By what it can be told apart. */
  aspects: ('product' | 'category' | 'province')[];
}

const options = (ctx: Context) => ctx.registry.byName.get('salesTarget')?.fields.measure?.options ?? [];

/** What a measure is called. */
export const measureLabel = (ctx: Context, name: string): string =>
  options(ctx).find(({ value }) => value === name)?.[ctx.principal.language] ?? name;

/** What the caller may know of, in the order it is declared. */
export function measuresKnown(ctx: Context): MeasureEntry[] {
  return options(ctx).flatMap(({ value }) => {
    const achievement = ctx.achievements.find(({ name }) => name === value);
    if (!achievement || !knows(ctx, achievement)) return [];
    const { whole, byProduct, unit } = achievement;
    const single = byProduct ?? whole;
    const aspects = [
      ...(single.product ? (['product'] as const) : []),
      ...(single.category ? (['category'] as const) : []),
      ...(whole.province ? (['province'] as const) : []),
    ];
    return [{ name: value, label: measureLabel(ctx, value), unit, aspects }];
  });
}

/** A measure by name; throws where there is none, or it is not the caller's to know. */
export function requireMeasure(ctx: Context, name: string): Achievement {
  const achievement = ctx.achievements.find((each) => each.name === name);
  if (!achievement) throw notFound('salesTarget');
  if (!knows(ctx, achievement)) throw forbidden('achievement_hidden');
  return achievement;
}

/** What a target is of, by name, for who may read it. */
export interface AspectTold {
  product: Link | null;
  category: Link | null;
}

export async function aspectTold(ctx: Context, { product, category }: Aspect): Promise<AspectTold> {
  const ids = (id: string | null | undefined) => new Set(id ? [id] : []);
  const titles = await titlesOf(
    ctx,
    new Map([
      ['product', ids(product)],
      ['productCategory', ids(category)],
    ]),
  );
  const link = (id: string | null | undefined): Link | null =>
    id ? { id, title: titles.get(id) ?? null } : null;
  return { product: link(product), category: link(category) };
}

/** A question about some days; a category is asked with those below it. */
export async function askedOf(
  ctx: Context,
  { product, category, province }: Aspect,
  from: string,
  to: string,
): Promise<AchievementAsked> {
  return { from, to, product, province, categories: category ? await categoriesBelow(ctx, category) : null };
}

async function categoriesBelow(ctx: Context, category: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`with recursive below as (
      select id, 1 as level from product_category where id = ${category}
      union all select c.id, b.level + 1 from product_category c join below b on c.parent_id = b.id
      where c.deleted_at is null and b.level < 30
    ) select id from below limit 1000`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

import { sql } from 'kysely';
import type { Apart, CutKey } from '../../../platform/achievements/cuts.ts';
import type { Context } from '../../../platform/context/context.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { type Cut, provincesOf } from '../plan/cut.shared.ts';
import type { Sold } from './closest.shared.ts';

interface Partner {
  id: string;
  kind: string;
  customer: string;
  unit: string | null;
}

/** What the lines of a plan name, and how goods that were sold are known by it. */
export interface Named {
  apart: Apart;
  soldAs(cut: CutKey): Sold;
}

const MOST_CATEGORIES = 5000;
const MOST_PARTNERS = 5000;

const distinct = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value) => value !== null)),
];

/** Looks up what lines name, once for all of them. */
export async function namedBy(ctx: Context, cuts: readonly Cut[], withProducts: boolean): Promise<Named> {
  const categories = distinct(cuts.map(({ category }) => category));
  const ways = cuts.some(({ channel, partner }) => channel !== null || partner !== null);
  const [above, partners] = await Promise.all([
    withProducts && categories.length ? categoriesBelow(ctx, categories) : new Map<string, string[]>(),
    ways ? partnersOf(ctx) : [],
  ]);
  const byCustomer = new Map(partners.map((partner) => [partner.customer, partner]));
  const byUnit = new Map(partners.map((partner) => [partner.unit, partner]));
  return {
    apart: {
      product: withProducts ? distinct(cuts.map(({ product }) => product)) : [],
      category: [...above.keys()],
      province: distinct(cuts.map(({ area }) => area)).flatMap(provincesOf),
      customer: partners.map(({ customer }) => customer),
      department: distinct(partners.map(({ unit }) => unit)),
    },
    soldAs({ product, category, province, customer, department }) {
      // What a partner buys itself, and what customers of its own buy, is both its.
      const partner = byCustomer.get(customer ?? '') ?? byUnit.get(department ?? '-');
      return {
        product,
        categories: above.get(category ?? '') ?? [],
        province,
        partner: partner?.id ?? null,
        channel: ways ? (partner?.kind ?? 'direct') : null,
      };
    },
  };
}

/** Categories at or below those named, each with the named ones above it, the nearest first. */
async function categoriesBelow(ctx: Context, named: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ id: string; above: string[] }>`with recursive below as (
      select id, id as root, 0 as level from product_category where id = any(${[...named]}::uuid[])
      union all select c.id, b.root, b.level + 1 from product_category c join below b on c.parent_id = b.id
      where c.deleted_at is null and b.level < 30
    ) select id, array_agg(root::text order by level) as above from below group by id limit ${MOST_CATEGORIES + 1}`.execute(
    ctx.db,
  );
  if (rows.length > MOST_CATEGORIES)
    throw problem('report_too_many_groups', { status: 422, params: { most: MOST_CATEGORIES } });
  return new Map(rows.map(({ id, above }) => [id, above]));
}

/** Which customers and departments are partners': nothing of them is told but whose goods were. */
async function partnersOf(ctx: Context): Promise<Partner[]> {
  const { rows } = await sql<Partner>`select id, kind, customer_id as customer, unit_id as unit from partner
    where deleted_at is null order by id limit ${MOST_PARTNERS}`.execute(ctx.db);
  return rows;
}

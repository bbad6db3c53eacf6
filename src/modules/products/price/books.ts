import { type SqlBool, sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notFound, ProblemError } from '../../../platform/errors/problem.ts';
import { inSegment } from '../../segments/public.ts';

export interface Book {
  id: string;
  name: string;
  taxIncluded: boolean | null;
  grades: string[];
  segment: string | null;
  regions: string[];
  channel: string | null;
  priority: number;
  from: string | null;
}

interface Buyer {
  province: string | null;
  city: string | null;
  district: string | null;
  grade: string | null;
  segments: string[];
}

interface Asked {
  customer?: string | undefined;
  channel?: string | undefined;
  currency: string;
  date: string;
}

/**
 * The price books that hold for a customer on a day, the first before the next:
 * 1. the higher priority; 2. the one with more conditions; 3. the one that began later; 4. the one made later.
 * A book holds when it is active, its period includes the day, its currency is the one asked for, and the customer meets
 * all its conditions. Who has no customer meets none. A book's channel is met by the partner the customer is — by a customer who is
 * none that of direct sales — unless another is named.
 */
export async function booksFor(ctx: Context, asked: Asked): Promise<Book[]> {
  const channel = asked.channel ?? (asked.customer ? await channelOf(ctx, asked.customer) : null);
  const { rows: books } =
    await sql<Book>`select id, name, tax_included as "taxIncluded", grades, segment_id as segment, regions,
      channel, priority, valid_from as "from"
    from price_book where deleted_at is null and active is not false and currency = ${asked.currency}
      and (valid_from is null or valid_from <= ${asked.date}::date) and (valid_to is null or valid_to >= ${asked.date}::date)
      and (channel is null or channel = ${channel})`.execute(ctx.db);
  const segments = [...new Set(books.flatMap(({ segment }) => segment ?? []))];
  const buyer = asked.customer ? await buyerOf(ctx, asked.customer, segments) : null;
  return books.filter((book) => holdsFor(book, buyer)).sort(before);
}

/** The way a customer is sold to: as the kind of partner he is as long as he is one, else directly. */
async function channelOf(ctx: Context, customer: string): Promise<string> {
  const { rows } = await sql<{ kind: string }>`select kind from partner
    where customer_id = ${customer} and status = 'active' and deleted_at is null`.execute(ctx.db);
  return rows[0]?.kind ?? 'direct';
}

/** Whether a customer meets the conditions of a book. Exported for its table of cases. */
export function holdsFor(
  { grades, segment, regions }: Pick<Book, 'grades' | 'segment' | 'regions'>,
  buyer: Buyer | null,
): boolean {
  if (grades.length && !(buyer?.grade && grades.includes(buyer.grade))) return false;
  if (segment && !buyer?.segments.includes(segment)) return false;
  const places = [buyer?.province, buyer?.city, buyer?.district].filter(Boolean) as string[];
  return regions.length === 0 || regions.some((region) => places.some((place) => place.startsWith(region)));
}

/** Uuids are ordered by the moment they were made. */
export function before(a: Book, b: Book): number {
  return (
    b.priority - a.priority ||
    conditions(b) - conditions(a) ||
    compareText(b.from ?? '', a.from ?? '') ||
    compareText(b.id, a.id)
  );
}

const conditions = ({ grades, segment, regions, channel }: Book) =>
  [grades.length > 0, segment !== null, regions.length > 0, channel !== null].filter(Boolean).length;

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** What books ask of a customer. He is within the caller's sight; what he gets does not depend on what the caller may know of him. */
async function buyerOf(ctx: Context, id: string, segments: readonly string[]): Promise<Buyer> {
  const policy = ctx.policies.for('customer');
  const scope = scopeCondition(entityNamed(ctx.registry, 'customer'), policy.scope('read'), ctx.principal);
  const members = await Promise.all(segments.map((segment) => memberOf(ctx, segment)));
  const { rows } = await sql<
    Omit<Buyer, 'segments'> & { member: (boolean | null)[] }
  >`select t.province, t.city, t.district,
      f.grade, array[${sql.join([...members, sql`null`])}]::boolean[] as member
    from customer t left join customer_fact f on f.id = t.id
    where t.id = ${id} and t.deleted_at is null and ${scope}`.execute(ctx.db);
  const [row] = rows;
  if (!row || !policy.can('read')) throw notFound('customer');
  return { ...row, segments: segments.filter((_, place) => row.member[place]) };
}

/** A segment that cannot be read any more has no members: its book holds for nobody until it is mended. */
async function memberOf(ctx: Context, segment: string) {
  const system = asSystem(ctx, 'prices');
  try {
    const policy = system.policies.for('customer');
    const { condition } = await compileFilter(inSegment(segment), { ctx: system, policy, single: true });
    return condition ?? sql<SqlBool>`true`;
  } catch (error) {
    if (error instanceof ProblemError) return sql<SqlBool>`false`;
    throw error;
  }
}

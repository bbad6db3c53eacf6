import { sql } from 'kysely';
import { asSystem, type Context } from '../../../../platform/context/context.ts';
import { dayOf } from '../../../../platform/context/day.ts';
import { inTransaction } from '../../../../platform/context/transaction.ts';
import { Exact, roundMoney } from '../../../../platform/money/money.shared.ts';
import { type Deal, type Holder, readDeal } from '../../reckon/deal.ts';
import { partsOf, periodStart, rateAt, worthOf } from '../../reckon/tiers.shared.ts';
import { rulesOf } from '../agreement/terms.shared.ts';
import { type Agreement, agreementsOf } from './agreements.ts';
import { type Shipment, sourcesOf } from './sources.ts';
import {
  type Counted,
  countedOf,
  enterMoves,
  lockReached,
  type NewMove,
  reachedKey,
  storeCounted,
  storeReached,
} from './store.ts';

/** Class of the advisory locks of deals whose rebates are reckoned. */
const LOCK = 7_245_111;

/** What changes of what is counted, in one period. */
interface Step {
  agreement: Agreement;
  period: string;
  delta: string;
}

/**
 * Brings what was accrued for a deal up to what the deal is now: the difference between what counts and what was counted becomes
 * movements, in the periods it belongs to. Doing it twice changes nothing. @returns how many movements were written
 */
export async function reckonRebates(ctx: Context, holder: Holder, id: string): Promise<number> {
  return inTransaction(asSystem(ctx, 'rebate'), async (inner) => {
    // Whoever else reckons this deal has ended when this goes on, and what he booked is seen.
    await sql`select pg_advisory_xact_lock(${LOCK}, hashtext(${id}))`.execute(inner.db);
    const agreements = await agreementsOf(inner, holder, id);
    if (agreements.length === 0) return 0;
    const deal = await readDeal(inner, holder, id);
    if (!deal) return 0;
    const shipped = agreements.some(({ counted }) => counted === 'delivered') && holder === 'order';
    const shipments = shipped ? await shipmentsOf(inner, id) : [];
    const known = Map.groupBy(await countedOf(inner, id), ({ agreement }) => agreement);
    const counted: Counted[] = [];
    const steps: Step[] = [];
    for (const agreement of agreements) {
      const now = countedNow(inner, agreement, deal, shipments);
      const change = changes(agreement, known.get(agreement.id) ?? [], now);
      counted.push(...change.counted);
      steps.push(...change.steps);
    }
    await storeCounted(inner, id, counted);
    return book(inner, deal, steps);
  });
}

function countedNow(
  ctx: Context,
  agreement: Agreement,
  deal: Deal,
  shipments: readonly Shipment[],
): Counted[] {
  const { id, validFrom, validTo, period, theirs } = agreement;
  if (!theirs) return [];
  return sourcesOf(deal, agreement, shipments, ctx.currency)
    .filter(({ day }) => validFrom <= day && (validTo === null || day <= validTo))
    .map(({ id: source, day, base }) => ({ agreement: id, source, period: periodStart(period, day), base }));
}

/** What is counted anew, and by how much each period moves; what moved to another period leaves the one and enters the other. */
function changes(agreement: Agreement, before: readonly Counted[], now: readonly Counted[]) {
  const sources = new Map(now.map((each) => [each.source, each]));
  const gone = before.filter(({ source }) => !sources.has(source)).map((each) => ({ ...each, base: '0' }));
  const known = new Map(before.map((each) => [each.source, each]));
  const counted: Counted[] = [];
  const moved = new Map<string, InstanceType<typeof Exact>>();
  const move = (period: string, by: InstanceType<typeof Exact>) =>
    moved.set(period, (moved.get(period) ?? new Exact(0)).plus(by));
  for (const each of [...now, ...gone]) {
    const old = known.get(each.source);
    if (old?.period === each.period && new Exact(old.base).eq(each.base)) continue;
    if (!old && new Exact(each.base).isZero()) continue;
    if (old) move(old.period, new Exact(old.base).negated());
    move(each.period, new Exact(each.base));
    counted.push(each);
  }
  const steps = [...moved]
    .filter(([, delta]) => !delta.isZero())
    .map(([period, delta]): Step => ({ agreement, period, delta: delta.toFixed() }));
  return { counted, steps };
}

/** Each step is worth what it changes of what the period is worth: together they are exactly that. */
async function book(ctx: Context, deal: Deal, steps: readonly Step[]): Promise<number> {
  if (steps.length === 0) return 0;
  const reached = await lockReached(
    ctx,
    steps.map(({ agreement, period }) => ({ agreement: agreement.id, period })),
  );
  const day = dayOf(ctx);
  const moves = steps.map(({ agreement, period, delta }): NewMove => {
    const account = reached.get(reachedKey({ agreement: agreement.id, period }));
    if (!account) throw new Error('what was locked is not there');
    const { tiers, cap, currency, counted, measure, mode } = agreement;
    const [before, after] = [account.base, new Exact(account.base).plus(delta).toFixed()];
    const worth = worthOf(rulesOf(agreement), after, currency);
    const amount = roundMoney(new Exact(worth).minus(account.amount), currency);
    Object.assign(account, { base: after, amount: worth });
    return {
      ...{ agreement: agreement.id, period, day, name: deal.name, amount, base: delta },
      ...{ holder: deal.holder, deal: deal.id },
      kind: delta.startsWith('-') ? 'takenBack' : 'accrued',
      how: {
        ...{ counted, measure, mode, before, after, parts: partsOf(tiers, before, after) },
        ...{ rate: rateAt(tiers, after), capped: cap !== null && new Exact(worth).eq(cap) },
      },
    };
  });
  await storeReached(ctx, [...reached.values()]);
  await enterMoves(ctx, moves);
  return moves.length;
}

async function shipmentsOf(ctx: Context, order: string): Promise<Shipment[]> {
  const { rows } =
    await sql<Shipment>`select d.id, d.shipped_on::text as day, (select coalesce(json_agg(json_build_object(
      'line', l.order_line_id, 'quantity', l.quantity::text, 'gross', coalesce(l.gross, 0)::text, 'net', coalesce(l.net, 0)::text)
        order by l.id), '[]') from delivery_line l where l.delivery_id = d.id and l.deleted_at is null) as lines
    from delivery d where d.order_id = ${order} and d.status in ('shipped', 'received') and d.deleted_at is null
      and d.shipped_on is not null order by d.shipped_on, d.id`.execute(ctx.db);
  return rows;
}

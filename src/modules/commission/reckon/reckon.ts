import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { allocateMoney, Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import { enterRows, type NewRow } from '../row/enter.ts';
import {
  type Credit,
  creditKey,
  creditsOf,
  lockReached,
  newCredit,
  reachedKey,
  storeCredits,
  storeReached,
} from './credits.ts';
import { type Allocation, type Deal, type Holder, readDeal } from './deal.ts';
import { type Plan, plansFor, plansInForce, standings } from './plans.ts';
import { partsOf, periodStart, rateAt, worthOf } from './tiers.shared.ts';
import { baseOf, type Value } from './value.ts';

/** Class of the advisory locks of deals. */
const LOCK = 7_245_110;

/**
 * Brings what was earned by a deal up to what the deal is now: whatever was allocated, taken back, returned, flushed or divided
 * anew, the difference between what counts and what is booked becomes rows, in the periods where it was earned. Doing it twice
 * changes nothing. @returns how many rows were written
 */
export async function reckonDeal(ctx: Context, holder: Holder, id: string): Promise<number> {
  return inTransaction(asSystem(ctx, 'commission'), async (inner) => {
    // Whoever else reckons this deal has ended when this goes on, and what he booked is seen.
    await sql`select pg_advisory_xact_lock(${LOCK}, hashtext(${id}))`.execute(inner.db);
    const deal = await readDeal(inner, holder, id);
    if (!deal || deal.allocations.length === 0) return 0;
    const plans = await plansInForce(inner);
    if (plans.length === 0) return 0;
    const credits = await creditsOf(
      inner,
      deal.allocations.map(({ posting }) => posting),
    );
    return book(inner, deal, await targetsOf(inner, deal, plans, credits));
  });
}

/** What a credit should come to, beside what it does. */
interface Target {
  credit: Credit;
  plan: Plan;
  allocation: Allocation;
  base: string;
  value: Value;
  percent: string;
}

type Share = Deal['shares'][number];

/** Who takes part: those the deal was divided among, else whose result it is, else whose the receipt is; never who has the customer today. */
export const sharesFor = (
  { shares, performer }: Deal,
  allocation: Pick<Allocation, 'performer'>,
): Share[] => {
  if (shares.length) return [...shares];
  const person = performer ?? allocation.performer;
  return person ? [{ person, percent: '100' }] : [];
};

async function targetsOf(
  ctx: Context,
  deal: Deal,
  plans: readonly Plan[],
  credits: readonly Credit[],
): Promise<Target[]> {
  const who = standings(ctx);
  const byId = new Map(plans.map((plan) => [plan.id, plan]));
  const known = new Map(credits.map((credit) => [creditKey(credit), credit]));
  const targets = new Map<string, Target>();
  for (const allocation of deal.allocations) {
    const held = credits.filter(({ posting }) => posting === allocation.posting);
    const shares = sharesFor(deal, allocation);
    const values = new Map<string, { value: Value; bases: string[] }>();
    const valued = (plan: Plan) => {
      const found = values.get(plan.id) ?? divided(ctx, deal, plan, allocation, shares);
      values.set(plan.id, found);
      return found;
    };
    const put = (credit: Credit, plan: Plan, at: number) => {
      const { value, bases } = valued(plan);
      const [base, percent] = at < 0 ? ['0', '0'] : [bases[at] ?? '0', shares[at]?.percent ?? '0'];
      targets.set(creditKey(credit), { credit, plan, allocation, base, value, percent });
    };
    // What was credited once stays his as long as he takes part; others get nothing of it any more.
    for (const credit of held) {
      const plan = byId.get(credit.plan);
      if (plan)
        put(
          credit,
          plan,
          shares.findIndex(({ person }) => person === credit.via),
        );
    }
    if (new Exact(allocation.amount).isZero()) continue;
    for (const [at, { person: via }] of shares.entries()) {
      const own = await who(via);
      const heldBy = (person: string | null) =>
        held.filter((each) => each.via === via && each.person === person);
      const team =
        held.find((each) => each.via === via && byId.get(each.plan)?.whose === 'team')?.person ?? own.manager;
      for (const [whose, person] of [
        ['own', via],
        ['team', team],
      ] as const) {
        if (!person) continue;
        const his = new Set(heldBy(person).map(({ plan }) => plan));
        for (const plan of plansFor(plans, whose, await who(person), allocation.day, his)) {
          const period = periodStart(plan.period, allocation.day);
          const fresh = newCredit({ posting: allocation.posting, plan: plan.id, person, via, period });
          put(known.get(creditKey(fresh)) ?? fresh, plan, at);
        }
      }
    }
  }
  return [...targets.values()];
}

/** What an allocation counts by a plan, divided so that the parts add up to it. */
function divided(ctx: Context, deal: Deal, plan: Plan, allocation: Allocation, shares: readonly Share[]) {
  const value = baseOf(deal, plan.definition, allocation, ctx.currency);
  const weights = shares.map(({ percent }) => percent);
  const parts = shares.length ? allocateMoney({ amount: value.base, currency: ctx.currency }, weights) : [];
  return { value, bases: parts.map(({ amount }) => amount) };
}

/** Books the differences, in the order in which the money came; each step of a person's period is worth what it changes. */
async function book(ctx: Context, deal: Deal, targets: readonly Target[]): Promise<number> {
  const changed = targets.filter(({ credit, base }) => !new Exact(base).eq(credit.base));
  if (changed.length === 0) return 0;
  const reached = await lockReached(
    ctx,
    changed.map(({ credit }) => credit),
  );
  const rows: NewRow[] = [];
  for (const { credit, plan, allocation, base, value, percent } of changed) {
    const account = reached.get(reachedKey(credit));
    if (!account) throw new Error('what was locked is not there');
    const delta = new Exact(base).minus(credit.base);
    const [before, after] = [account.base, new Exact(account.base).plus(delta).toFixed()];
    const worth = worthOf(plan.definition, after, ctx.currency);
    const amount = roundMoney(new Exact(worth).minus(account.amount), ctx.currency);
    const { mode, tiers, cap } = plan.definition;
    rows.push({
      ...{ plan: plan.id, person: credit.person, period: credit.period, credit: credit.id },
      ...{ customer: deal.customer, name: deal.name, [deal.holder]: deal.id, receipt: allocation.receipt },
      amount,
      base: delta.toFixed(),
      how: {
        ...{ base: plan.definition.base, mode, before, after, percent, received: value.received },
        ...{ ratio: value.ratio, factor: value.factor, refused: value.refused },
        parts: partsOf(tiers, before, after),
        rate: rateAt(tiers, after),
        capped: cap !== undefined && new Exact(worth).eq(cap),
        ...(credit.via === credit.person ? {} : { via: credit.via }),
      },
    });
    Object.assign(account, { base: after, amount: worth });
    credit.base = base;
  }
  await storeCredits(
    ctx,
    changed.map(({ credit }) => credit),
  );
  await storeReached(ctx, [...reached.values()]);
  await enterRows(ctx, rows);
  return rows.length;
}

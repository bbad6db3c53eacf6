import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { updateRecord } from '../../platform/entity/records.ts';
import { chance } from '../../platform/sample/random.ts';
import {
  daysAgo,
  type SampleCompany,
  type SampleFile,
  sampleIds,
  sampleRecords,
} from '../../platform/sample/sample.ts';
import { type Stage, stagesInUse } from './pipeline/read.ts';
import { fillMarket } from './sample-market.ts';

/** How business of the sample company went: where it is now, counted from the first stage; won and lost are the two outcomes. */
const WAYS = ['won', 1, 3, 'lost', 2, 'won', 3, 2, 'lost', 'won', 1, 0] as const;
/** What is needed, and which products of ours answer it. */
const NEEDS: readonly (readonly [name: string, ...products: string[]])[] = [
  ['产线改造', 'TC-800', 'T2-200'],
  ['备件年框', 'V-SP', 'SSR-40'],
  ['新厂配套', 'G-4', 'P-10', 'S-1Y'],
  ['设备更新', 'T2-200', 'P-90'],
  ['节能改造', 'T1-100', 'P-20'],
  ['二期扩建', 'TC-800', 'G-8'],
];
const REASONS = ['price', 'competitor', 'budget', 'relation'];
const ROLES = ['decider', 'buyer', 'user', 'influencer', 'champion'];
const STANCES = ['support', 'neutral', 'support', 'against'];
const COUNT = 72;

/** Business in every stage, with the days on which it got there: boards, funnel and ranking have something to say. */
export async function fillSales(ctx: Context, company: SampleCompany): Promise<void> {
  const { customers } = company;
  const stages = await stagesInUse(ctx);
  const open = stages.filter(({ outcome }) => outcome === 'open');
  if (open.length === 0) return;
  const random = chance(20_261_124);
  const competitors = await fillMarket(ctx, company);
  const products = await sampleIds(ctx, 'product', 'code');
  const chosen = Array.from({ length: COUNT }, (_, at) => customers[at < 8 ? at : at * 11]).filter(
    (each) => each !== undefined,
  );
  for (const [at, customer] of chosen.entries()) {
    const way = WAYS[at % WAYS.length] ?? 0;
    // What is decided was so at some time of the last months; the rest goes on.
    const ended = typeof way === 'string' ? 2 + ((at * 41) % 170) : 0;
    const began = ended + (ended ? 25 + ((at * 37) % 50) : 12 + ((at * 37) % 150));
    const last = typeof way === 'number' ? Math.min(way, open.length - 1) : Math.min(3, open.length - 1);
    const amount = { amount: String((1 + random.below(60)) * 5000), currency: ctx.currency };
    const [need, ...codes] = NEEDS[at % NEEDS.length] ?? [''];
    const id = await begin(ctx, began, customer, {
      ...{ name: `${customer.name} ${need}`, amount, at },
      products: codes.flatMap((code) => products.get(code) ?? []),
      // The first one is met the most.
      competitors: at % 2 ? competitors.slice(0, 1 + (at % 5 === 0 ? 1 : 0)) : competitors.slice(at % 7),
    });
    const outcome = stages.find((stage) => stage.outcome === way);
    const path: Stage[] = [...open.slice(1, last + 1), ...(outcome ? [outcome] : [])];
    for (const [step, stage] of path.entries()) {
      const gone = (step + 1) / (path.length + (ended ? 0 : 0.5));
      const then = daysAgo(ctx, Math.max(1, Math.round(began - (began - ended) * gone)));
      const decided = stage.outcome === 'open' ? {} : { closeDate: dayOf(then) };
      const why = stage.outcome === 'lost' ? { reason: REASONS[at % REASONS.length] } : {};
      await updateRecord(then, 'opportunity', id, { stage: stage.id, ...decided, ...why }, null);
    }
  }
}

async function begin(
  ctx: Context,
  days: number,
  customer: SampleFile,
  { at, ...about }: { name: string; amount: object; at: number; products: string[]; competitors: string[] },
): Promise<string> {
  const today = Temporal.PlainDate.from(dayOf(ctx));
  const [made] = await sampleRecords(daysAgo(ctx, days), 'opportunity', [
    {
      ...{ ...about, customer: customer.id, owner: customer.owner },
      contact: customer.contacts[0]?.id ?? null,
      closeDate: today.add({ days: (at % 9) * 12 - 6 }).toString(),
      nextStep: at % 3 ? '确认技术方案' : '约总经理见面',
      nextStepDate: today.add({ days: (at % 7) - 1 }).toString(),
    },
  ]);
  const id = made?.id as string;
  await sampleRecords(
    daysAgo(ctx, days),
    'stakeholder',
    customer.contacts.slice(0, 3).map((contact, place) => ({
      ...{ opportunity: id, contact: contact.id, customer: customer.id },
      role: ROLES[(at + place) % ROLES.length],
      stance: STANCES[(at + place * 2) % STANCES.length],
    })),
  );
  return id;
}

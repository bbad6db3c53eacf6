import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { updateRecord } from '../../platform/entity/records.ts';
import { chance } from '../../platform/sample/random.ts';
import { daysAgo, type SampleCompany, type SampleFile, sampleRecords } from '../../platform/sample/sample.ts';
import { type Stage, stagesInUse } from './pipeline/read.ts';

/** How business of the sample company went: where it is now, counted from the first stage; won and lost are the two outcomes. */
const WAYS = ['won', 1, 3, 'lost', 2, 'won', 3, 2, 'lost', 'won', 1, 0] as const;
const NEEDS = ['产线改造', '备件年框', '新厂配套', '设备更新', '节能改造', '二期扩建'];
const REASONS = ['price', 'competitor', 'budget', 'relation'];
const COUNT = 72;

/** Business in every stage, with the days on which it got there: boards, funnel and ranking have something to say. */
export async function fillSales(ctx: Context, { customers }: SampleCompany): Promise<void> {
  const stages = await stagesInUse(ctx);
  const open = stages.filter(({ outcome }) => outcome === 'open');
  if (open.length === 0) return;
  const random = chance(20_261_124);
  const chosen = Array.from({ length: COUNT }, (_, at) => customers[at < 8 ? at : at * 11]).filter(
    (each) => each !== undefined,
  );
  for (const [at, customer] of chosen.entries()) {
    const began = 12 + ((at * 37) % 150);
    const way = WAYS[at % WAYS.length] ?? 0;
    const last = typeof way === 'number' ? Math.min(way, open.length - 1) : Math.min(3, open.length - 1);
    const amount = { amount: String((1 + random.below(60)) * 5000), currency: ctx.currency };
    const id = await begin(ctx, began, customer, {
      name: `${customer.name} ${NEEDS[at % NEEDS.length]}`,
      amount,
      at,
    });
    const outcome = stages.find((stage) => stage.outcome === way);
    const path: Stage[] = [...open.slice(1, last + 1), ...(outcome ? [outcome] : [])];
    for (const [step, stage] of path.entries()) {
      const then = daysAgo(ctx, Math.max(1, Math.round(began * (1 - (step + 1) / (path.length + 0.5)))));
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
  { name, amount, at }: { name: string; amount: object; at: number },
): Promise<string> {
  const today = Temporal.PlainDate.from(dayOf(ctx));
  const [made] = await sampleRecords(daysAgo(ctx, days), 'opportunity', [
    {
      ...{ name, amount, customer: customer.id, owner: customer.owner },
      contact: customer.contacts[0]?.id ?? null,
      closeDate: today.add({ days: (at % 9) * 12 - 6 }).toString(),
      nextStep: at % 3 ? '确认技术方案' : '约总经理见面',
      nextStepDate: today.add({ days: (at % 7) - 1 }).toString(),
    },
  ]);
  return made?.id as string;
}

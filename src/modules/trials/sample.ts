import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import {
  daysAgo,
  performNamed,
  type SampleCompany,
  sampleIds,
  sampleRecords,
} from '../../platform/sample/sample.ts';
import { trialCommands } from './trial/commands.ts';

interface Story {
  kind: 'sample' | 'trial' | 'loan';
  /** Code of the product. */
  code: string;
  quantity: string;
  /** Days since it went out; null for what waits to. */
  outAgo: number | null;
  workdays: number;
  /** What came of it, and how many days after it went out. */
  end?: { name: string; after: number; result: string; evaluation: string };
  ordered?: string;
}

/** By customer, the administrator's own first. */
const STORIES: readonly Story[] = [
  { kind: 'trial', code: 'T2-200', quantity: '2', outAgo: 9, workdays: 10 },
  { kind: 'loan', code: 'P-90', quantity: '1', outAgo: 40, workdays: 15 },
  { kind: 'sample', code: 'SSR-40', quantity: '10', outAgo: 12, workdays: 10 },
  {
    ...{ kind: 'trial', code: 'G-4', quantity: '1', outAgo: 50, workdays: 15 },
    end: {
      name: 'trialReturn',
      after: 20,
      result: 'good',
      evaluation: '采集稳定，断网后数据能补传；采购在走流程。',
    },
  },
  {
    ...{ kind: 'trial', code: 'P-20', quantity: '4', outAgo: 65, workdays: 20 },
    end: {
      name: 'trialReturn',
      after: 26,
      result: 'partly',
      evaluation: '量程够用，小流量段误差偏大，希望换小口径再试。',
    },
  },
  {
    ...{ kind: 'sample', code: 'TP-K-100', quantity: '5', outAgo: 30, workdays: 10 },
    end: { name: 'trialKeep', after: 14, result: 'good', evaluation: '已装在二号炉上，运行正常，样品留用。' },
  },
  {
    kind: 'trial',
    code: 'T1-100',
    quantity: '6',
    outAgo: 35,
    workdays: 15,
    ordered: '试用两周温差在 0.5℃ 以内，六只全部买下。',
  },
  { kind: 'loan', code: 'HMI-7', quantity: '1', outAgo: null, workdays: 5 },
];
/** Where those customers stand in the sample. */
const WHERE = [1, 4, 9, 18, 27, 36, 6, 2];

/** What of ours is with customers: out, overdue, back with a word on it, kept, ordered, and about to go. */
export async function fillTrials(ctx: Context, { customers }: SampleCompany): Promise<void> {
  const products = await sampleIds(ctx, 'product', 'code');
  for (const [at, story] of STORIES.entries()) {
    const customer = customers[WHERE[at] ?? at];
    const product = products.get(story.code);
    if (!customer || !product) continue;
    const { kind, quantity, workdays, outAgo, end, ordered } = story;
    const then = daysAgo(ctx, outAgo ?? 0);
    const [made] = await sampleRecords(then, 'trial', [
      {
        ...{ kind, product, quantity, workdays, customer: customer.id, owner: customer.owner },
        contact: customer.contacts[0]?.id ?? null,
      },
    ]);
    const id = made?.id as string;
    if (outAgo === null) continue;
    await performNamed(then, trialCommands, 'trialOut', id, { on: dayOf(then) });
    if (end) {
      const { name, after, ...result } = end;
      const later = daysAgo(ctx, outAgo - after);
      await performNamed(later, trialCommands, name, id, { on: dayOf(later), ...result });
    }
    if (ordered)
      await performNamed(daysAgo(ctx, 1), trialCommands, 'trialOrder', id, { evaluation: ordered });
  }
}

import type { Client } from './measure.ts';

const BUDGET_MS = 10_000;

/** How long it takes to close the month before for everybody, by business won, orders, and what is earned by their lines. */
export async function measureLock(client: Client): Promise<{ ms: number; people: number }> {
  const indicator = (key: string, measure: string, weight: string) => ({
    key,
    name: measure,
    kind: 'computed',
    weight,
    measure,
    formula: '实际 / 10000 + 同期 / 10000',
  });
  const made = await client.post('/assessment-schemes', {
    name: `基准考核 ${performance.now()}`,
    definition: {
      indicators: [
        indicator('a', 'won', '40'),
        indicator('b', 'orders', '30'),
        indicator('c', 'margin', '30'),
      ],
    },
  });
  const { id } = JSON.parse(made.body) as { id: string };
  const startsOn = Temporal.Now.plainDateISO().subtract({ months: 1 }).with({ day: 1 }).toString();
  const begin = performance.now();
  const { status, body } = await client.post(`/performance/assessments/${id}/lock`, {
    startsOn,
    incomplete: true,
  });
  if (status !== 200) throw new Error(`the month was not closed: ${body}`);
  return { ms: performance.now() - begin, people: JSON.parse(body).people as number };
}

export const lockLine = ({ ms, people }: { ms: number; people: number }): string =>
  `| closing a month for ${people} people | ${ms.toFixed(0)} ms | ≤ ${BUDGET_MS} ms | ${ms <= BUDGET_MS ? '✓' : '✗'} |`;

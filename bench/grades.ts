import type { Client } from './measure.ts';
import type { RunningServer } from './server.ts';

export interface GradeFigures {
  customers: number;
  /** Everyone for the first time: each has a grade, a reason and a fact written. */
  firstSeconds: number;
  /** Everyone anew where little has changed: every night. */
  againSeconds: number;
  peakMemory: number;
}

const LOOK_MS = 250;
const read = <T>({ body }: { body: string }): T => JSON.parse(body);

/** Grades the whole base by the scored template, first and again, as the jobs do it. */
export async function measureGrades(
  client: Client,
  server: Pick<RunningServer, 'memory'>,
  customers: number,
): Promise<GradeFigures> {
  let peakMemory = 0;
  const timed = async (path: string) => {
    const began = performance.now();
    const { jobId } = read<{ jobId: string }>(await client.post(path, {}));
    for (;;) {
      const job = read<{ state: string }>(await client.get(`/jobs/${jobId}`));
      peakMemory = Math.max(peakMemory, server.memory());
      if (job.state === 'done') return (performance.now() - began) / 1000;
      if (job.state !== 'queued' && job.state !== 'running') throw new Error(`grading ${job.state}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  };
  const name = `bench ${Date.now()}`;
  const { id } = read<{ id: string }>(await client.post('/grades/templates/abcd', { name }));
  const firstSeconds = await timed(`/grade-schemes/${id}/switchOn`);
  const againSeconds = await timed(`/grade-schemes/${id}/recompute`);
  await client.post(`/grade-schemes/${id}/switchOff`, {});
  return { customers, firstSeconds, againSeconds, peakMemory };
}

/** Budget of a million customers, by the share of them there are. */
const SECONDS_PER_MILLION = 60;
const MEMORY_MIB = 572;

export function gradeLines({ customers, firstSeconds, againSeconds, peakMemory }: GradeFigures): string[] {
  const budget = (SECONDS_PER_MILLION * customers) / 1_000_000;
  const mark = (met: boolean) => (met ? '✓' : '✗');
  return [
    `| grades of all, for the first time | ${firstSeconds.toFixed(1)} s | ≤ ${budget.toFixed(0)} s | ${mark(firstSeconds <= budget)} |`,
    `| grades of all, anew | ${againSeconds.toFixed(1)} s | ≤ ${budget.toFixed(0)} s | ${mark(againSeconds <= budget)} |`,
    `| memory while grading | ${peakMemory.toFixed(0)} MiB | ≤ 600 MB | ${mark(peakMemory <= MEMORY_MIB)} |`,
  ];
}

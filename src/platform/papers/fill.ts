import { Worker } from 'node:worker_threads';
import { problem } from '../errors/problem.ts';
import type { PaperValues } from './paper.ts';

/** What the thread is given. */
export interface Filling {
  template: Uint8Array;
  tags: Readonly<Record<string, string>>;
  values: Pick<PaperValues, 'texts' | 'loops' | 'seal' | 'logo'>;
}

const LONGEST_MS = 20_000;
const MEMORY_MB = 384;

/**
 * A template with values in the place of its words. In a thread of its own with bounds on time and memory: the file is
 * somebody's, and a long one takes as long as a hundred requests.
 */
export function fillTemplate(filling: Filling): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: filling,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const end = (settle: () => void) => {
      clearTimeout(clock);
      settle();
      void worker.terminate();
    };
    const fail = () => end(() => reject(problem('paper_unfillable', { status: 422 })));
    const clock = setTimeout(fail, LONGEST_MS);
    worker.on('message', (answer: { docx?: Uint8Array }) =>
      answer.docx ? end(() => resolve(Buffer.from(answer.docx as Uint8Array))) : fail(),
    );
    worker.on('error', fail);
  });
}

import { Worker } from 'node:worker_threads';
import type { PrintPage } from './page.ts';

interface Answer {
  id: number;
  pdf?: Uint8Array;
  error?: string;
}

interface Waiting {
  resolve(pdf: Buffer): void;
  reject(error: Error): void;
}

/** Idle that long, the thread gives back the memory its fonts take. */
const IDLE_MS = 60_000;

let thread: { worker: Worker; waiting: Map<number, Waiting>; idle?: NodeJS.Timeout } | undefined;
let last = 0;

/** Makes an A4 PDF. In a thread of its own: a long table takes as long as a hundred requests. */
export function renderPdf(page: PrintPage): Promise<Buffer> {
  thread ??= start();
  const { worker, waiting } = thread;
  clearTimeout(thread.idle);
  return new Promise((resolve, reject) => {
    const id = ++last;
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, page });
  });
}

function start(): NonNullable<typeof thread> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url));
  const waiting = new Map<number, Waiting>();
  const started: NonNullable<typeof thread> = { worker, waiting };
  worker.unref();
  worker.on('message', ({ id, pdf, error }: Answer) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (pdf) asked?.resolve(Buffer.from(pdf));
    else asked?.reject(new Error(error));
    if (waiting.size === 0) {
      started.idle = setTimeout(() => void worker.terminate(), IDLE_MS);
      started.idle.unref();
    }
  });
  const end = (error: Error) => {
    if (thread === started) thread = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('error', end);
  worker.on('exit', () => end(new Error('the print thread ended')));
  return started;
}

import { parentPort, workerData } from 'node:worker_threads';
import { train } from './train.ts';
import type { Example } from './types.ts';

// Learning takes seconds of a processor: beside the server, not in it.
parentPort?.postMessage(train(workerData as Example[]));

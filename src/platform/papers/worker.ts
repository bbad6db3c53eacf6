import { parentPort, workerData } from 'node:worker_threads';
import { fillDocument } from './docx.ts';
import type { Filling } from './fill.ts';

try {
  parentPort?.postMessage({ docx: fillDocument(workerData as Filling) });
} catch (error) {
  parentPort?.postMessage({ error: String(error) });
}

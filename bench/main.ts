import { resolve } from 'node:path';
import type { Settings } from '../src/cli/open.ts';
import { openDatabase } from '../src/platform/db/open-database.ts';
import { benchBase } from './base.ts';
import { measureDuplicates } from './duplicates.ts';
import { measureGrades } from './grades.ts';
import { measureImport } from './import.ts';
import { httpClient } from './measure.ts';
import { crowdOperations, readOperations, writeOperations } from './operations.ts';
import { benchOrders } from './orders.ts';
import { measureLock } from './performance.ts';
import { measureRecall } from './recall.ts';
import { relationOperations } from './relations.ts';
import { firstPageScript, type Report, reportText } from './report.ts';
import { benchSales, measureReports } from './sales.ts';
import { measureScrolling } from './scroll.ts';
import { startServer } from './server.ts';
import { benchWork } from './work.ts';

export interface BenchOptions {
  customers: number;
  importRows: number;
  /** Rows of the file from which names are drawn and looked for; 0 for none. */
  recallRows: number;
  /** Customers among which one in fifty stands twice; 0 for none. */
  duplicateRows: number;
  json: boolean;
}

const PORT = 41_990;
/** Rows loaded into the list. */
const SCROLLED = 10_000;
const ROOT = resolve(import.meta.dirname, '..');

/** Builds the base, starts the real server, measures through HTTP and as raw SQL in the same run, and prints the ratios. */
export async function bench({
  customers,
  importRows,
  recallRows,
  duplicateRows,
  json,
}: BenchOptions): Promise<void> {
  const tell = (line: string) => console.error(`· ${line}`);
  const port = Number(process.env.PORT ?? PORT);
  const settings = {
    port,
    dataDir: resolve(ROOT, `.cache/bench-${customers}`),
    baseUrl: `http://localhost:${port}`,
  };
  const { keys } = await benchBase(customers, settings, tell);
  await benchWork(settings, tell);
  await benchSales(customers, settings, tell);
  await benchOrders(customers, settings, tell);
  const database = await openDatabase({ dataDir: settings.dataDir });
  const server = await startServer(settings);
  try {
    const clients = {
      administrator: httpClient(port, keys.administrator),
      salesperson: httpClient(port, keys.salesperson),
      manager: httpClient(port, keys.manager),
    };
    const set = { clients, url: database.url, customers };
    tell('reading, listing, searching');
    const results = await readOperations(set);
    const idleMemory = server.memory();
    tell('reports');
    const reports = await measureReports(clients.manager);
    tell('closing a month');
    const lock = await measureLock(clients.administrator);
    tell('writing');
    results.push(...(await writeOperations(set)));
    tell('claims and merges');
    results.push(...(await relationOperations(set)));
    tell('eight clients');
    results.push(...(await crowdOperations(set, results)));
    tell('grades');
    const graded = await measureGrades(clients.administrator, server, customers);
    tell('scrolling');
    const scrolled = await measureScrolling(settings.baseUrl, Math.min(SCROLLED, customers - 100));
    tell('import');
    const imported = importRows ? await measureImport(settings, importRows) : null;
    const report: Report = {
      customers,
      startMs: server.startedIn,
      idleMemory,
      firstPageKb: firstPageScript(resolve(ROOT, 'dist/web')),
      results,
      graded,
      reports,
      lock,
      scrolled,
      imported,
      recall: null,
      duplicates: null,
    };
    await server.stop();
    if (recallRows) report.recall = { rows: recallRows, results: await recall(recallRows, settings, tell) };
    if (duplicateRows) report.duplicates = await duplicates(duplicateRows, settings, tell);
    console.info(json ? JSON.stringify(report) : reportText(report));
  } finally {
    await server.stop();
    await database.release();
  }
}

/** In a base of its own: what is counted is the file alone. */
async function recall(rows: number, settings: Settings, tell: (line: string) => void) {
  tell('names drawn from a file');
  return measureRecall(rows, { ...settings, dataDir: resolve(ROOT, '.cache/bench-recall') }, tell);
}

/** One of fifty stands twice, written differently. */
async function duplicates(rows: number, settings: Settings & { port: number }, tell: (line: string) => void) {
  tell('duplicates');
  const dataDir = resolve(ROOT, '.cache/bench-duplicates');
  return measureDuplicates(rows, Math.round(rows / 50), { ...settings, dataDir }, tell);
}

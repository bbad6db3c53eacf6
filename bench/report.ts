import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ScrollFigures } from '../test/journeys/scroll.ts';
import { type DuplicateFigures, duplicatesText } from './duplicates.ts';
import { type GradeFigures, gradeLines } from './grades.ts';
import type { ImportFigures } from './import.ts';
import type { Result } from './operations.ts';
import { lockLine } from './performance.ts';
import type { Recall } from './recall.ts';
import { type ReportFigures, reportLines } from './sales.ts';

export interface Report {
  customers: number;
  startMs: number;
  idleMemory: number;
  firstPageKb: number | null;
  results: Result[];
  graded: GradeFigures;
  reports: ReportFigures[];
  /** Milliseconds in which a month was closed for everybody. */
  lock: { ms: number; people: number };
  /** Null where no browser runs. */
  scrolled: ScrollFigures | null;
  imported: ImportFigures | null;
  recall: { rows: number; results: Recall[] } | null;
  duplicates: DuplicateFigures | null;
}

/** Script of the first page, gzipped, in KB: what index.html loads at once. */
export function firstPageScript(folder: string): number | null {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return null;
  const html = readFileSync(page, 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(
    (match) => match[1] as string,
  );
  const known = new Set(readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`));
  return (
    files
      .filter((file) => known.has(file))
      .reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0) / 1024
  );
}

const ms = (value: number) => value.toFixed(value < 10 ? 2 : 1);
const mark = (met: boolean | undefined) => (met === undefined ? '' : met ? '✓' : '✗');

function scrollLines({ loaded, mostRows, frames, longTasks }: ScrollFigures): string[] {
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0);
  return [
    `| rows in the page, ${loaded} loaded by scrolling | ${mostRows} | < 80 | ${mark(mostRows < 80)} |`,
    `| frames while scrolling, p50 / p95 / p99 | ${at(0.5)} / ${at(0.95)} / ${at(0.99)} ms | | |`,
    `| tasks over 50 ms while scrolling | ${longTasks.length}, longest ${Math.max(0, ...longTasks).toFixed(0)} ms | | |`,
  ];
}

/** The report as a Markdown table, the same on screen and in docs/benchmarks.md. */
export function reportText(report: Report): string {
  const rows = report.results.map(
    ({ operation, http, raw, ratio, budget, met }) =>
      `| ${operation} | ${ms(http.p50)} | ${ms(http.p95)} | ${http.perSecond ? http.perSecond.toFixed(0) : ''} | ${raw ? ms(raw.p50) : ''} | ${ratio ? `${ratio.toFixed(1)}×` : ''} | ${budget ?? ''} | ${mark(met)} |`,
  );
  const single = [
    `| start to /healthz | ${report.startMs.toFixed(0)} ms | ≤ 2 s | ${mark(report.startMs <= 2000)} |`,
    `| memory idle | ${report.idleMemory.toFixed(0)} MiB | ≤ 350 MB | ${mark(report.idleMemory <= 334)} |`,
  ];
  if (report.firstPageKb !== null)
    single.push(
      `| first page, script gzipped | ${report.firstPageKb.toFixed(0)} KB | ≤ 400 KB | ${mark(report.firstPageKb <= 400)} |`,
    );
  single.push(...gradeLines(report.graded), ...reportLines(report.reports), lockLine(report.lock));
  if (report.scrolled) single.push(...scrollLines(report.scrolled));
  if (report.imported) {
    const { rows: count, outcome, wallSeconds, peakMemory } = report.imported;
    const committed = outcome.committedSeconds ?? outcome.seconds;
    single.push(
      `| import ${count} rows, committed | ${committed.toFixed(1)} s | ≤ 30 s | ${mark(committed <= 30)} |`,
    );
    single.push(
      `| import, searchable (whole command) | ${wallSeconds.toFixed(1)} s | ≤ 60 s | ${mark(wallSeconds <= 60)} |`,
    );
    single.push(
      `| memory while importing | ${peakMemory.toFixed(0)} MiB | ≤ 600 MB | ${mark(peakMemory <= 572)} |`,
    );
  }
  return [
    `## ${report.customers.toLocaleString('en')} customers`,
    '',
    '| operation | p50 ms | p95 ms | calls/s | raw SQL p50 ms | ratio | budget | |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
    '| figure | measured | budget | |',
    '|---|---|---|---|',
    ...single,
    '',
    ...(report.recall ? recallText(report.recall.rows, report.recall.results) : []),
    ...(report.duplicates ? [duplicatesText(report.duplicates)] : []),
  ].join('\n');
}

/** How many of the names drawn are found; only the record asked for counts, not another that fits as well. */
function recallText(rows: number, results: Recall[]): string[] {
  const percent = (part: number, whole: number) => `${((part / whole) * 100).toFixed(1)}%`;
  return [
    `## Found again: names drawn from an imported file of ${rows.toLocaleString('en')} rows`,
    '',
    '| typed | names | among the first 20 | further on in the list | not found | found | |',
    '|---|---|---|---|---|---|---|',
    ...results.map(
      ({ kind, asked, onFirstPage, byPaging, missed }) =>
        `| ${kind} | ${asked} | ${onFirstPage} | ${byPaging} | ${missed.length} | ${percent(onFirstPage + byPaging, asked)} | ${mark(missed.length === 0)} |`,
    ),
    '',
  ];
}

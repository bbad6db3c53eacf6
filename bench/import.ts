import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../src/cli/open.ts';
import { type Company, companyAt } from './names.ts';
import { residentMemory } from './server.ts';

export interface ImportFigures {
  rows: number;
  outcome: { created: number; skipped: number; failed: number; seconds: number; committedSeconds?: number };
  /** Until the command ended, with everything searchable. */
  wallSeconds: number;
  peakMemory: number;
}

/** Imports a file of new customers by the command line, as a user would, beside the running server. */
export async function measureImport(settings: Settings, rows: number): Promise<ImportFigures> {
  const path = join(settings.dataDir, 'bench-import.csv');
  await writeCompanies(path, newCompanies(rows, Math.floor(Math.random() * 1_000_000_000)));
  const began = performance.now();
  const { outcome, peakMemory } = await runImport(settings, path);
  return { rows, outcome, wallSeconds: (performance.now() - began) / 1000, peakMemory };
}

/** Runs the import command to its end. */
export async function runImport(
  settings: Settings,
  path: string,
  options: string[] = [],
): Promise<Pick<ImportFigures, 'outcome' | 'peakMemory'>> {
  const child = spawn(process.execPath, ['src/main.ts', 'import', 'customer', path, '--json', ...options], {
    env: { ...process.env, GUANXI_DATA_DIR: settings.dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peakMemory = 0;
  const watch = setInterval(() => {
    if (child.exitCode === null) peakMemory = Math.max(peakMemory, residentMemory(child));
  }, 100);
  let output = '';
  child.stdout.on('data', (part) => {
    output += part;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`the import ended with ${code}: ${output.slice(0, 1000)}`);
  return { outcome: JSON.parse(output.trim().split('\n').at(-1) as string), peakMemory };
}

function* newCompanies(rows: number, offset: number): Generator<Company> {
  for (let index = 0; index < rows; index++) {
    const company = companyAt(100_000_000 + offset + index);
    yield { ...company, name: `${company.name}${index}` };
  }
}

export async function writeCompanies(path: string, companies: Iterable<Company>): Promise<void> {
  const out = createWriteStream(path);
  out.write('\ufeff客户名称,电话,省份,城市,统一社会信用代码,行业,来源,邮箱\r\n');
  for (const { name, phone, province, city, taxNumber, industry, source, email } of companies) {
    const line = `${name},${phone},${province},${city},${taxNumber},${industry},${source},${email}\r\n`;
    if (!out.write(line)) await new Promise((resolve) => out.once('drain', resolve));
  }
  await new Promise<void>((resolve) => out.end(() => resolve()));
}

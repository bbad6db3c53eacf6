import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../../context/context.ts';
import type { Services } from '../../context/services.ts';
import { checkImport, runImport } from '../import.ts';
import { DEFAULT_OPTIONS, defaultCreateMissing, proposeImport, requireImport } from '../propose.ts';
import { registerImport } from '../register.ts';
import type { ImportRecord } from '../store.ts';
import type { ImportOptions } from '../types.ts';

const folder = mkdtempSync(join(tmpdir(), 'guanxi-import-'));
let files = 0;

/** Writes a file for one test; text as UTF-8. */
export function fileOf(content: string | Buffer, name = 'table.csv'): string {
  const path = join(folder, `${++files}-${name}`);
  writeFileSync(path, content);
  return path;
}

/** A CSV from rows of cells. */
export const csv = (...rows: (string | number | null)[][]): string =>
  rows.map((row) => row.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',')).join('\n');

export type Choices = Partial<ImportOptions> & { columns?: Record<string, string | null> };

/** The options of an import with what a caller leaves open filled in. */
export function optionsFor(ctx: Context, entity: string, choices: Choices = {}): ImportOptions {
  const { columns: _, ...options } = choices;
  return {
    ...DEFAULT_OPTIONS,
    createMissing: defaultCreateMissing(ctx, requireImport(ctx, entity)),
    ...options,
  };
}

/** Registers a file as an import, with its columns understood as proposed; throws where a question is open. */
export async function enter(
  ctx: Context,
  entity: string,
  path: string,
  choices: Choices = {},
): Promise<ImportRecord> {
  const options = optionsFor(ctx, entity, choices);
  const chosen = Object.entries(choices.columns ?? {}).map(([header, field]) => ({ header, field }));
  const { mapping, questions } = await proposeImport(ctx, entity, path, options, chosen);
  if (questions.length) throw new Error(JSON.stringify(questions));
  return registerImport(
    ctx,
    entity,
    path,
    options,
    mapping.map(({ confidence: _, ...column }) => column),
  );
}

/** Imports a file from beginning to end. */
export async function bring(
  ctx: Context,
  services: Services,
  entity: string,
  path: string,
  choices: Choices = {},
): Promise<ImportRecord> {
  const { id } = await enter(ctx, entity, path, choices);
  await checkImport(ctx, services, id);
  return runImport(ctx, services, id);
}

import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { App } from '../app.ts';
import type { Context } from '../platform/context/context.ts';
import { entityNamed } from '../platform/entity/registry.ts';
import { parseBody } from '../platform/entity/schema.ts';
import { ProblemError, problem } from '../platform/errors/problem.ts';
import { errorText, translate } from '../platform/i18n/translations.ts';
import { passingFolder } from '../platform/imports/folders.ts';
import {
  checkFile,
  checkImport,
  type ImportProgress,
  runImport,
  undoImport,
} from '../platform/imports/import.ts';
import {
  defaultCreateMissing,
  type FileProposal,
  proposeImport,
  requireImport,
} from '../platform/imports/propose.ts';
import { mappedField } from '../platform/imports/questions.ts';
import { fileDigest, interruptedImport, registerImport } from '../platform/imports/register.ts';
import { resultFile } from '../platform/imports/result-file.ts';
import type { CheckSummary, ImportOptions, Question } from '../platform/imports/types.ts';
import { withApp } from './open.ts';
import { contextAs } from './person.ts';

interface Options {
  mapping?: string;
  map?: string[];
  mode: string;
  key?: string;
  onDuplicate: string;
  dryRun?: boolean;
  dateOrder?: string;
  decimal?: string;
  currency?: string;
  sheet?: string;
  encoding?: string;
  headerLine?: string;
  createMissing?: string;
  as?: string;
  undo?: string;
  json?: boolean;
}

const optionsSchema = z.object({
  mode: z.enum(['create', 'upsert']),
  key: z.string().optional(),
  onDuplicate: z.enum(['skip', 'update', 'create']),
  dateOrder: z.enum(['ymd', 'mdy', 'dmy']).optional(),
  decimal: z.enum(['point', 'comma']).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  sheet: z.string().optional(),
  encoding: z.string().optional(),
  headerLine: z.coerce.number().int().min(1).optional(),
});

const mappingFile = z.union([
  z.record(z.string(), z.string().nullable()),
  z.object({ columns: z.record(z.string(), z.string().nullable()) }).transform(({ columns }) => columns),
]);

/** Refused: nothing was changed. */
const REFUSED = 2;
/** A person has to decide something first; nothing was changed. */
const ASKS = 3;

/** `guanxi import`: checks the whole file, then brings it in, and waits until everything can be found. */
export async function importFile(
  entity: string | undefined,
  file: string | undefined,
  options: Options,
): Promise<void> {
  await answering(options, async (app) => {
    if (!entity || !file) throw problem('import_what', { status: 400 });
    const started = performance.now();
    const ctx = await contextAs(app, options.as);
    requireImport(ctx, entity);
    const chosen = await chosenColumns(options);
    const how: ImportOptions = {
      ...(parseBody(optionsSchema, options) as Omit<ImportOptions, 'createMissing'>),
      createMissing:
        options.createMissing?.split(',').filter(Boolean) ??
        defaultCreateMissing(ctx, requireImport(ctx, entity)),
    };
    const proposal = await proposeImport(ctx, entity, file, how, chosen);
    if (proposal.questions.length) return asks(ctx, proposal.questions, options);
    tell(options, notesOf(ctx, proposal));
    const mapping = proposal.mapping.map(({ confidence: _, ...each }) => each);
    const source = { entity, mapping, options: how, file_path: file };
    if (options.dryRun) {
      const folder = passingFolder(app.services);
      await mkdir(folder, { recursive: true });
      try {
        const checked = await checkFile(ctx, source, join(folder, 'staged.ndjson'), (done) =>
          showProgress(options, { phase: 'checking', done, total: null, searchable: 0 }),
        );
        tell(options, foundOf(ctx, entity, checked));
        return print(
          options,
          resultOf(ctx, checked, { undoId: null, resultFile: null, started, dryRun: true }),
        );
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }
    const digest = await fileDigest(file);
    let record = await interruptedImport(ctx, entity, digest, how, mapping);
    if (!record) {
      record = await registerImport(ctx, entity, file, how, mapping);
      record = await checkImport(ctx, app.services, record.id, (progress) => showProgress(options, progress));
    }
    let committedSeconds = secondsSince(started);
    const done = await runImport(ctx, app.services, record.id, (progress) => {
      if (progress.phase === 'committing') committedSeconds = secondsSince(started);
      showProgress(options, progress);
    });
    const failedRows = await resultFile(ctx, app.services, done);
    tell(options, foundOf(ctx, entity, done.checked as CheckSummary));
    print(
      options,
      resultOf(
        ctx,
        { ...(done.checked as CheckSummary), ...done.counts },
        { undoId: done.id, resultFile: failedRows, started, committedSeconds },
      ),
    );
  });
}

/** `guanxi import --undo`. */
export async function undoFile(options: Options): Promise<void> {
  await answering(options, async (app) => {
    const ctx = await contextAs(app, options.as);
    const id = z.uuid().safeParse(options.undo);
    if (!id.success) throw problem('not_found', { status: 404 });
    const { removed, restored, conflicts } = await undoImport(ctx, app.services, id.data, (done) =>
      showProgress(options, { phase: 'committing', done, total: null, searchable: 0 }),
    );
    print(options, { outcome: 'undone', removed, restored, conflicts });
  });
}

async function answering(options: Options, work: (app: App) => Promise<void>): Promise<void> {
  try {
    await withApp(work);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { declaredRegistry } = await import('../app.ts');
    const { words } = declaredRegistry();
    const say = (code: string, params: Record<string, unknown> = {}) =>
      `${errorText(words, 'zh', code, params)} · ${errorText(words, 'en', code, params)}`;
    const message = [
      say(error.code, error.params),
      ...error.errors.map(({ path, code, params }) => `${path}: ${say(code, params)}`),
    ].join('\n');
    if (options.json)
      console.info(JSON.stringify({ outcome: 'refused', code: error.code, message, errors: error.errors }));
    else console.error(message);
    process.exitCode = REFUSED;
  }
}

/** Columns named on the command line or in a mapping file: `{ "header": "field" }`, null for a column to leave out. */
async function chosenColumns({ mapping, map }: Options): Promise<{ header: string; field: string | null }[]> {
  const chosen = (map ?? []).map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw problem('invalid', { errors: [{ path: 'map', code: 'bad_format' }] });
    return { field: text.slice(0, at), header: text.slice(at + 1) };
  });
  if (!mapping) return chosen;
  let content: unknown;
  try {
    content = JSON.parse(await readFile(mapping, 'utf8'));
  } catch {
    throw problem('mapping_unreadable');
  }
  const columns = parseBody(mappingFile, content) as Record<string, string | null>;
  return [...Object.entries(columns).map(([header, field]) => ({ header, field })), ...chosen];
}

function asks(ctx: Context, questions: Question[], options: Options): void {
  process.exitCode = ASKS;
  const text = (code: string) =>
    translate(ctx.registry.words, ctx.principal.language, `import.question.${code}`);
  const asked = questions.map((each) => ({ ...each, message: text(each.code) }));
  if (options.json) console.info(JSON.stringify({ outcome: 'asks', questions: asked }));
  else
    for (const { column, message, choices, option } of asked) {
      console.error(`${column ? `${column}: ` : ''}${message}`);
      for (const { value, label } of choices) console.error(`  ${option} ${value}   ${label}`);
    }
}

function notesOf(ctx: Context, { mapping, notices }: FileProposal): string[] {
  const { words } = ctx.registry;
  const { language } = ctx.principal;
  return [
    ...mapping.map(({ header, field }) => `  ${header} → ${field ?? '—'}`),
    ...notices.map(({ code, params }) => errorText(words, language, code, params)),
  ];
}

/** Names taken for records written otherwise, and currencies nobody has said the worth of: told, not asked. */
function foundOf(ctx: Context, entityName: string, { matched = {}, unrated = [] }: CheckSummary): string[] {
  const { words } = ctx.registry;
  const { language } = ctx.principal;
  const entity = entityNamed(ctx.registry, entityName);
  const label = (path: string) => mappedField(ctx, entity, path)?.label[language] ?? path;
  return [
    ...Object.entries(matched).flatMap(([path, names]) =>
      names.map(({ text, title, rows }) =>
        translate(words, language, 'import.matched', { field: label(path), text, title, rows: String(rows) }),
      ),
    ),
    ...unrated.map(({ currency, rows, from }) =>
      translate(words, language, 'import.unrated', { currency, rows: String(rows), from }),
    ),
  ];
}

interface Ending {
  undoId: string | null;
  resultFile: string | null;
  started: number;
  /** Until everything was committed; searchable it is at the end. */
  committedSeconds?: number;
  dryRun?: boolean;
}

function resultOf(
  ctx: Context,
  summary: CheckSummary,
  { undoId, resultFile, started, committedSeconds, dryRun }: Ending,
) {
  const {
    total,
    created,
    updated,
    skipped,
    failed,
    reasons,
    unresolved,
    missing,
    ignored,
    matched,
    unrated,
  } = summary;
  return {
    total,
    created,
    updated,
    skipped,
    failed,
    undoId,
    resultFile,
    seconds: secondsSince(started),
    ...(committedSeconds === undefined ? {} : { committedSeconds }),
    ...(dryRun ? { dryRun } : {}),
    reasons,
    unresolved,
    matched: matched ?? {},
    unrated: unrated ?? [],
    made: missing,
    ignoredColumns: ignored,
    as: ctx.principal.userId,
  };
}

function tell(options: Options, lines: string[]): void {
  if (!options.json) for (const line of lines) console.error(line);
}

const secondsSince = (started: number) => Math.round(performance.now() - started) / 1000;

let shown = 0;

function showProgress(options: Options, { phase, done, total, searchable }: ImportProgress): void {
  const now = performance.now();
  if (now - shown < 500) return;
  shown = now;
  const line = JSON.stringify({ phase, done, total, searchable });
  if (options.json) console.error(line);
  else
    console.error(
      `${phase} ${done}${total ? `/${total}` : ''}${phase === 'indexing' ? ` · searchable ${searchable}` : ''}`,
    );
}

function print(options: Options, result: Record<string, unknown>): void {
  if (options.json) console.info(JSON.stringify(result));
  else
    for (const [name, value] of Object.entries(result))
      console.info(`${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`);
}

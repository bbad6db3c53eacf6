import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { entityNamed } from '../entity/registry.ts';
import { type Language, translate } from '../i18n/translations.ts';
import { writeTable } from '../tabular/write.ts';
import { REASON_HEADERS } from './headers.ts';
import { importFolder } from './import.ts';
import { mappedField } from './questions.ts';
import type { ImportRecord } from './store.ts';
import type { Reason } from './types.ts';

const PAGE = 1000;

/** What a reason says, in words: the field's label and what is wrong with it. */
export function reasonText(ctx: Context, entityName: string, { path, code, params }: Reason): string {
  const { language } = ctx.principal;
  const { words } = ctx.registry;
  const key = `error.${code}`;
  const text = translate(words, language, key in words[language] ? key : 'error.bad_value', params);
  const field = mappedField(ctx, entityNamed(ctx.registry, entityName), path || null);
  return field ? `${field.label[language]}${language === 'zh' ? '：' : ': '}${text}` : text;
}

/**
 * Writes the rows that failed as a file: their cells as they stood, and why. Corrected it can be imported as it is; the
 * column of reasons is not read. Null when no row failed.
 */
export async function writeResultFile(
  ctx: Context,
  services: Services,
  record: ImportRecord,
): Promise<string | null> {
  if (!record.counts?.failed) return null;
  const folder = importFolder(services, record.id);
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'failed.csv');
  const headers = record.mapping.map(({ header }) => header).filter((header) => !isReasonHeader(header));
  const columns = [...headers, reasonHeader(ctx.principal.language)].map((header) => ({
    header,
    kind: 'text' as const,
  }));
  await writeTable(createWriteStream(path), 'csv', columns, failedRows(ctx, record));
  return path;
}

const isReasonHeader = (header: string) => Object.values(REASON_HEADERS).some((reason) => reason === header);
const reasonHeader = (language: Language) => REASON_HEADERS[language];

async function* failedRows(ctx: Context, record: ImportRecord): AsyncGenerator<string[]> {
  const kept = record.mapping.filter(({ header }) => !isReasonHeader(header));
  let after = 0;
  for (;;) {
    const { rows } = await sql<{ line: number; cells: string[] | null; reasons: Reason[] | null }>`
      select line, cells, reasons from import_row where import_id = ${record.id} and outcome = 'failed' and line > ${after}
      order by line limit ${PAGE}`.execute(ctx.db);
    for (const { cells, reasons } of rows) {
      const why = (reasons ?? []).map((reason) => reasonText(ctx, record.entity, reason)).join('；');
      yield [...kept.map(({ column }) => cells?.[column] ?? ''), why];
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.line;
  }
}

import { createWriteStream } from 'node:fs';
import { access, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { uuidv7 } from '../db/uuid.ts';
import { entityNamed } from '../entity/registry.ts';
import { errorText, type Language } from '../i18n/translations.ts';
import { writeTable } from '../tabular/write.ts';
import { importFolder } from './folders.ts';
import { REASON_HEADERS } from './headers.ts';
import { requireJournal } from './import.ts';
import { mappedField } from './questions.ts';
import type { ImportRecord } from './store.ts';
import type { Reason } from './types.ts';

const PAGE = 1000;

/** What a reason says, in words: the field's label and what is wrong with it. */
export function reasonText(ctx: Context, entityName: string, { path, code, params }: Reason): string {
  const { language } = ctx.principal;
  const { words } = ctx.registry;
  const text = errorText(words, language, code, params);
  const field = mappedField(ctx, entityNamed(ctx.registry, entityName), path || null);
  return field ? `${field.label[language]}${language === 'zh' ? '：' : ': '}${text}` : text;
}

/** The name tells the language of the reasons, and how much had been erased when it was written. */
const fileName = (language: Language, { erasures }: Pick<ImportRecord, 'erasures'>) =>
  `failed-${language}-${erasures}.csv`;

/** Whether a file of this name may no longer be shown. */
export const isOutdated = (name: string, record: Pick<ImportRecord, 'erasures'>): boolean =>
  name.startsWith('failed-') && name !== fileName('zh', record) && name !== fileName('en', record);

/**
 * The rows that failed as a file: their cells as they stood, and why. Corrected it can be imported as it is; the column of
 * reasons is not read. Written once and kept; null when no row failed.
 */
export async function resultFile(
  ctx: Context,
  services: Services,
  record: ImportRecord,
): Promise<string | null> {
  if (!record.counts?.failed) return null;
  const folder = importFolder(services, record.id);
  await mkdir(folder, { recursive: true });
  const path = join(folder, fileName(ctx.principal.language, record));
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (there) return path;
  requireJournal(record);
  const headers = record.mapping.map(({ header }) => header).filter((header) => !isReasonHeader(header));
  const columns = [...headers, reasonHeader(ctx.principal.language)].map((header) => ({
    header,
    kind: 'text' as const,
  }));
  // Whole or not at all, whoever else writes it at this moment or is killed while he does.
  const begun = join(folder, `${uuidv7()}.part`);
  await writeTable(createWriteStream(begun, { mode: 0o600 }), 'csv', columns, failedRows(ctx, record));
  await rename(begun, path);
  return path;
}

const isReasonHeader = (header: string) => Object.values(REASON_HEADERS).some((reason) => reason === header);
const reasonHeader = (language: Language) => REASON_HEADERS[language];

async function* failedRows(ctx: Context, record: ImportRecord): AsyncGenerator<string[]> {
  const kept = record.mapping.filter(({ header }) => !isReasonHeader(header));
  let after = 0;
  for (;;) {
    const { rows } = await sql<{ line: number; cells: string[] | null; reasons: Reason[] | null }>`
      select line, cells, reasons from import_row where import_id = ${record.id} and outcome = 'failed' and cells is not null and line > ${after}
      order by line limit ${PAGE}`.execute(ctx.db);
    for (const { cells, reasons } of rows) {
      const why = (reasons ?? []).map((reason) => reasonText(ctx, record.entity, reason)).join('；');
      yield [...kept.map(({ column }) => cells?.[column] ?? ''), why];
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.line;
  }
}

import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { problem } from '../platform/errors/problem.ts';
import { requireExport, writeExport } from '../platform/exports/export.ts';
import { withApp } from './open.ts';
import { contextAs } from './person.ts';

interface Options {
  format?: string;
  filter?: string;
  q?: string;
  columns?: string;
  output?: string;
  as?: string;
  json?: boolean;
}

function parseFilter(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw problem('bad_filter', { errors: [{ path: 'filter', code: 'bad_json' }] });
  }
}

/** `guanxi export`: the file stands only once it is complete. */
export async function exportFile(entity: string, options: Options): Promise<void> {
  await withApp(async (app) => {
    const ctx = await contextAs(app, options.as);
    requireExport(ctx, entity);
    const format = options.format ?? (options.output?.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv');
    if (format !== 'csv' && format !== 'xlsx')
      throw problem('invalid', {
        errors: [{ path: 'format', code: 'bad_option', params: { options: 'csv, xlsx' } }],
      });
    const path = resolve(options.output ?? `${entity}.${format}`);
    const query = {
      ...(options.filter ? { filter: parseFilter(options.filter) } : {}),
      ...(options.q ? { q: options.q } : {}),
      ...(options.columns ? { columns: options.columns.split(',') } : {}),
    };
    const part = `${path}.part`;
    try {
      const rows = await writeExport(ctx, entity, query, format, createWriteStream(part, { mode: 0o600 }));
      await rename(part, path);
      console.info(options.json ? JSON.stringify({ entity, rows, file: path }) : `${rows} → ${path}`);
    } finally {
      await rm(part, { force: true });
    }
  });
}

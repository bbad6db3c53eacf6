import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { importsFolder, KEPT_DAYS } from './folders.ts';
import { isOutdated } from './result-file.ts';
import { type ImportRecord, sumCounts, updateImport } from './store.ts';

const DAY_MS = 24 * 3600 * 1000;
const BATCH = 5000;

/**
 * Removes what is kept of imports long past, which can then no longer be taken back: their files, what each line did, and the
 * rows as they stood before. Part of the nightly cleaning.
 */
export async function cleanImports(
  services: Pick<Services, 'dataDir' | 'db'>,
  now = Temporal.Now.instant(),
): Promise<void> {
  await removeJournals(services.db, now.subtract({ hours: KEPT_DAYS * 24 }).toString());
  const root = importsFolder(services);
  const names = await readdir(root).catch(() => [] as string[]);
  const { rows } = await sql<{ id: string; erasures: number }>`select id, erasures from import
    where id::text = any(${names}::text[])`.execute(services.db);
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const name of names) {
    const folder = join(root, name);
    const found = await stat(folder).catch(() => null);
    const record = known.get(name);
    // Checks cut short, and imports of a record type that was destroyed.
    const days = record ? KEPT_DAYS : 1;
    if (found && now.epochMilliseconds - found.mtimeMs > days * DAY_MS)
      await rm(folder, { recursive: true, force: true });
    else if (record)
      for (const file of await readdir(folder).catch(() => [] as string[]))
        if (isOutdated(file, record)) await rm(join(folder, file), { force: true });
  }
}

/** In small steps, so that no lock is held for long; an import is marked first, so that none is taken back by halves. */
async function removeJournals(db: Db, before: string): Promise<void> {
  const { rows } = await sql<ImportRecord>`update import
      set journal_removed_at = coalesce(journal_removed_at, now()),
        state = case when state in ('running', 'undoing') then 'failed' else state end
    where coalesce(finished_at, started_at) < ${before}
      and (journal_removed_at is null or exists (select from import_chunk c where c.import_id = import.id))
    returning *`.execute(db);
  for (const { id, counts } of rows) {
    if (!counts) await updateImport(db, id, { counts: await sumCounts(db, id) });
    for (let removed = BATCH; removed === BATCH; ) {
      const result = await sql`delete from import_row where ctid in
        (select ctid from import_row where import_id = ${id} limit ${BATCH})`.execute(db);
      removed = Number(result.numAffectedRows ?? 0);
    }
    await sql`delete from import_chunk where import_id = ${id}`.execute(db);
  }
}

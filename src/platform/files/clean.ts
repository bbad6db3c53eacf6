import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Services } from '../context/services.ts';
import { type FileStore, folderStore } from './store.ts';

/** What was received but belongs to nothing is kept this long: its form may still be sent, its copy restored. */
const GRACE_HOURS = 24;
const BATCH = 1000;

/** Removes files that no attachment names any more, also not one in the recycle bin. Part of the nightly cleaning. */
export async function cleanFiles(services: Services, graceHours = GRACE_HOURS): Promise<void> {
  const store = folderStore(services.dataDir);
  const before = Temporal.Now.instant().subtract({ seconds: Math.round(graceHours * 3600) });
  await sql`delete from stored_file f where f.created_at < ${before.toString()}::timestamptz
    and not exists (select from attachment a where a.file = f.id::text)`.execute(services.db);
  await cleanStaging(store, before.epochMilliseconds);
  let batch: string[] = [];
  for await (const { digest, keptAt } of store.list()) {
    if (keptAt >= before.epochMilliseconds) continue;
    batch.push(digest);
    if (batch.length === BATCH) {
      await removeUnnamed(services, store, batch);
      batch = [];
    }
  }
  await removeUnnamed(services, store, batch);
}

async function removeUnnamed(services: Services, store: FileStore, digests: string[]): Promise<void> {
  if (digests.length === 0) return;
  const { rows } = await sql<{ digest: string }>`select digest from unnest(${digests}::text[]) d (digest)
    where not exists (select from stored_file f where f.digest = d.digest)`.execute(services.db);
  for (const { digest } of rows) {
    await services.db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${digest}, 0))`.execute(tx);
      const named = await sql`select 1 from stored_file where digest = ${digest} limit 1`.execute(tx);
      if (named.rows.length === 0) await store.remove(digest);
    });
  }
}

/** Uploads that broke off with the process. */
async function cleanStaging(store: FileStore, before: number): Promise<void> {
  for (const name of await readdir(store.staging).catch(() => [] as string[])) {
    const path = join(store.staging, name);
    const found = await stat(path).catch(() => null);
    if (found && found.mtimeMs < before) await rm(path, { force: true });
  }
}

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** A folder of `YYYYMMDD_HHMM_name.sql` files. All folders together are applied in one order of timestamps. */
export interface MigrationSource {
  name: string;
  folder: URL;
}

export interface Migration {
  name: string;
  sql: string;
  digest: string;
}

/** Migrations of all sources in the order in which they are applied. */
export function listMigrations(sources: readonly MigrationSource[]): Migration[] {
  return sources
    .flatMap(({ folder }) =>
      (existsSync(folder) ? readdirSync(fileURLToPath(folder)) : []).map((file) => ({ file, folder })),
    )
    .filter(({ file }) => file.endsWith('.sql'))
    .sort((a, b) => (a.file < b.file ? -1 : 1))
    .map(({ file, folder }) => {
      const sql = readFileSync(new URL(file, folder), 'utf8');
      return { name: file.slice(0, -4), sql, digest: createHash('sha256').update(sql).digest('hex') };
    });
}

const LOCK = 7_245_001;

/**
 * Applies what is missing, each file in its own transaction (a file beginning with `-- outside transaction` without one).
 * Several processes may call this at once: one works, the others wait. A file changed after it was applied is an error.
 */
export async function migrateAll(url: string, sources: readonly MigrationSource[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists schema_migration (name text primary key, digest text not null, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ name: string; digest: string }>(
      'select name, digest from schema_migration',
    );
    const applied = new Map(rows.map((row) => [row.name, row.digest]));
    const done: string[] = [];
    for (const migration of listMigrations(sources)) {
      const digest = applied.get(migration.name);
      if (digest === migration.digest) continue;
      if (digest) throw new Error(`migration ${migration.name} was changed after it was applied`);
      await applyMigration(client, migration);
      done.push(migration.name);
    }
    return done;
  } finally {
    await client.end();
  }
}

async function applyMigration(client: pg.Client, { name, sql, digest }: Migration): Promise<void> {
  const outside = sql.startsWith('-- outside transaction');
  if (!outside) await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into schema_migration (name, digest) values ($1, $2)', [name, digest]);
    if (!outside) await client.query('commit');
  } catch (error) {
    if (!outside) await client.query('rollback');
    throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}

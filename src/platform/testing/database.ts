import { inject } from 'vitest';
import { databaseUrl, withAdmin } from './cluster.ts';

export interface TestDatabase {
  /** The application's role in a database of its own, with all migrations applied. */
  url: string;
  drop(): Promise<void>;
}

let count = 0;

/** A fresh migrated database for a test file, copied from the template in some 50 ms. Drop it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, adminUrl, template } = inject('testServer');
  const name = `guanxi_test_${process.pid}_${++count}`;
  await withAdmin(adminUrl, (client) =>
    client.query(`create database ${name} template ${template} owner guanxi strategy wal_log`),
  );
  return {
    url: databaseUrl(url, name),
    drop: () =>
      withAdmin(adminUrl, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

import { expect, test } from 'vitest';
import { databaseSettings, openDatabase } from './open-database.ts';

const OUTSIDE = 'postgres://crm@db.example/crm';
const DIRECT = 'postgres://crm@db.example:6432/crm';

test.each([
  [{}, { url: undefined, directUrl: undefined, dataDir: './data' }],
  [
    { DATABASE_URL: '', GUANXI_DATA_DIR: '' },
    { url: undefined, directUrl: undefined, dataDir: './data' },
  ],
  [{ GUANXI_DATA_DIR: '/srv/crm' }, { url: undefined, directUrl: undefined, dataDir: '/srv/crm' }],
  [
    { DATABASE_URL: OUTSIDE, DATABASE_DIRECT_URL: DIRECT },
    { url: OUTSIDE, directUrl: DIRECT, dataDir: './data' },
  ],
])('settings from the environment %o', (env, settings) => {
  expect(databaseSettings(env)).toEqual(settings);
});

test('an outside database is used as it is, directly unless a pooler is set', async () => {
  expect(await openDatabase({ url: OUTSIDE, dataDir: '/nowhere' })).toMatchObject({
    url: OUTSIDE,
    directUrl: OUTSIDE,
  });
  const pooled = await openDatabase({ url: OUTSIDE, directUrl: DIRECT, dataDir: '/nowhere' });
  expect(pooled).toMatchObject({ url: OUTSIDE, directUrl: DIRECT });
  await pooled.release();
});

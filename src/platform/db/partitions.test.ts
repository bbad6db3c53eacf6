import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { createDb, createPool } from './connection.ts';
import { dropOldEvents, lowestUuid, preparePartitions } from './partitions.ts';
import { uuidv7 } from './uuid.ts';

let database: TestDatabase;
let pool: ReturnType<typeof createPool>;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const partitions = async () => {
  const { rows } = await sql<{ name: string }>`select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'event'::regclass order by 1`.execute(createDb(pool));
  return rows.map((row) => row.name);
};

const addEvent = (id: string) =>
  sql<{
    part: string;
  }>`insert into event (id, at, name, entity, record_ids) values (${id}, now(), 'x', 'x', '{}')
    returning tableoid::regclass::text as part`.execute(createDb(pool));

test('ids of a month begin at its lowest id', () => {
  const before = lowestUuid(Temporal.Now.instant().subtract({ seconds: 5 }));
  const after = lowestUuid(Temporal.Now.instant().add({ seconds: 5 }));
  const id = uuidv7();
  expect(before < id && id < after).toBe(true);
});

test('makes this month and two more, once, and rows find their month', async () => {
  const day = Temporal.PlainDate.from('2031-11-15');
  await preparePartitions(createDb(pool), day);
  await preparePartitions(createDb(pool), day);
  expect(await partitions()).toEqual(['event_2031_11', 'event_2031_12', 'event_2032_01', 'event_default']);
  const december = lowestUuid(Temporal.Instant.from('2031-12-24T00:00:00Z'));
  expect((await addEvent(december)).rows[0]?.part).toBe('event_2031_12');
});

test('the lists of records in events are left out of the statistics of each month', async () => {
  await preparePartitions(createDb(pool), Temporal.PlainDate.from('2036-03-03'));
  const { rows } = await sql<{ column: string }>`select attname as column from pg_attribute
    where attrelid = 'event_2036_03'::regclass and attstattarget = 0 order by 1`.execute(createDb(pool));
  expect(rows.map(({ column }) => column)).toEqual(['payload', 'record_ids']);
});

test('a month with rows in the default partition stays there', async () => {
  const id = lowestUuid(Temporal.Instant.from('2033-05-05T00:00:00Z'));
  expect((await addEvent(id)).rows[0]?.part).toBe('event_default');
  await preparePartitions(createDb(pool), Temporal.PlainDate.from('2033-05-05'));
  expect(await partitions()).not.toContain('event_2033_05');
  expect(await partitions()).toContain('event_2033_06');
});

test('events of months long past are dropped, later ones and the default partition stay', async () => {
  await preparePartitions(createDb(pool), Temporal.PlainDate.from('2040-01-10'));
  await dropOldEvents(createDb(pool), Temporal.PlainDate.from('2040-04-20'));
  expect(await partitions()).toEqual(['event_2040_02', 'event_2040_03', 'event_default']);
});

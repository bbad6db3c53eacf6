import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

test('who wished no care wishes none under the name that remains, and no day is used twice', async () => {
  const { db } = house.services;
  const customer = await admin.create('customers', { name: '苏州长城机械' });
  const person = async (name: string) => (await admin.create('contacts', { name, customer: customer.id })).id;
  const [kept, gone, third] = [await person('王建国'), await person('王建囯'), await person('王建')];
  await sql`insert into care_preference (record_id, off, festivals) values (${gone}, true, array['spring']), (${kept}, false, null)`.execute(
    db,
  );
  await sql`insert into care_day (person_id, day, use) values (${gone}, '2026-02-17', 'sent'), (${third}, '2026-02-17', 'sent'),
    (${third}, '2026-06-19', 'sent'), (${kept}, '2026-06-19', 'sent')`.execute(db);
  const merged = await admin.post('/contacts/merge', { ids: [kept, gone, third], into: kept });
  expect(merged.status).toBe(200);
  for (let again = 0; again < 2; again++) {
    await house.follow();
    const { rows: wishes } = await sql`select off from care_preference where record_id = ${kept}`.execute(db);
    const { rows: days } = await sql`select day from care_day where person_id = ${kept} order by day`.execute(
      db,
    );
    expect([wishes, days]).toEqual([[{ off: true }], [{ day: '2026-02-17' }, { day: '2026-06-19' }]]);
    await sql`update event_cursor set tx = '0', id = '00000000-0000-0000-0000-000000000000' where subscriber = 'care.merge'`.execute(
      db,
    );
  }
});

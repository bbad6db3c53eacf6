import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../platform/testing/app.ts';

let house: TestApp;
beforeAll(async () => {
  house = await startTestApp();
});
afterAll(() => house.stop());

test('what hung on customers before follows them: rows, timeline and search entries', async () => {
  const { administrator: admin, services } = house;
  const actions = { read: 'self', create: 'self' } as const;
  const author = await house.person({ entities: { contact: { actions } } });
  await admin.post('/record-types', {
    label: '设备',
    titleLabel: '名称',
    scope: 'child',
    parent: 'customer',
  });
  const customer = await admin.create('customers', { name: '旧客户' });
  const child = await admin.create('contacts', { name: '秦良玉', customer: customer.id, owner: author.id });
  const free = await admin.create('contacts', { name: '散客', owner: author.id });
  // As it stood before: the author's token in the index, no root owner of what hangs on nothing.
  await sql`update contact set root_owner_id = null where id = ${free.id}`.execute(services.db);
  const [authors, former] = await Promise.all(
    [free.id, child.id].map(async (id) => {
      const { rows } = await sql<{ tokens: string[] }>`select tsvector_to_array(tokens) as tokens
        from search_doc where record_id = ${id}`.execute(services.db);
      return rows[0]?.tokens ?? [];
    }),
  );
  const token = authors?.find((each) => each.slice(2).startsWith('o') && !former?.includes(each));
  await sql`update search_doc set tokens = tokens || array_to_tsvector(array[${token}])
    where record_id = ${child.id}`.execute(services.db);
  const folder = new URL('./migrations/', import.meta.url);
  await sql
    .raw(readFileSync(new URL('20261122_1815_children_follow.sql', folder), 'utf8'))
    .execute(services.db);
  const { rows } = await sql<{ tokens: string[] }>`select tsvector_to_array(tokens) as tokens
    from search_doc where record_id = ${child.id}`.execute(services.db);
  expect(token).toBeTypeOf('string');
  expect(rows[0]?.tokens.toSorted()).toEqual(former?.toSorted());
  expect((await author.get(`/contacts/${free.id}`)).status).toBe(200);
  expect((await author.get(`/contacts/${child.id}`)).status).toBe(404);
});

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contactFacts } from '../../modules/activities/facts.ts';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { rebuildFacts } from './run.ts';
import { refreshFacts } from './write.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

const customer = async (name: string) => (await admin.create('customers', { name })).id;
const follow = (id: string, day: string, more: object = {}) =>
  admin.create('activities', {
    customer: id,
    kind: 'call',
    content: '谈了交货期',
    occurredAt: `${day}T02:00:00Z`,
    ...more,
  });
const last = async (id: string) => (await admin.get(`/customers/${id}`)).body.lastContactAt;

describe('facts', () => {
  test('follow the records they are derived of, and leave the version alone', async () => {
    const id = await customer('苏州长城机械');
    expect(await last(id)).toBeNull();
    const first = await follow(id, '2026-03-01');
    const second = await follow(id, '2026-04-01');
    await follow(id, '2026-05-01', { kind: 'note' });
    await house.follow();
    expect(await last(id)).toBe('2026-04-01T02:00:00Z');
    await admin.delete(`/activities/${second.id}`);
    await house.follow();
    expect(await last(id)).toBe('2026-03-01T02:00:00Z');
    await admin.delete(`/activities/${first.id}`);
    await house.follow();
    expect(await last(id)).toBeNull();
    expect((await admin.get(`/customers/${id}`)).body.version).toBe(1);
  });

  test('change on both sides when a record is given to another', async () => {
    const [from, to] = [await customer('宁波甲'), await customer('宁波乙')];
    const { id } = await follow(from, '2026-03-01');
    await house.follow();
    await admin.patch(`/activities/${id}`, { customer: to });
    await house.follow();
    expect([await last(from), await last(to)]).toEqual([null, '2026-03-01T02:00:00Z']);
  });

  test('are told of by an event, once for what changed', async () => {
    const id = await customer('温州丙');
    await follow(id, '2026-03-01');
    await house.follow();
    const events = () =>
      sql<{
        n: number;
      }>`select count(*)::int as n from event where name = 'customer.facts' and ${id} = any(record_ids)
        and payload->>'fact' = 'contact'`.execute(house.services.db);
    expect((await events()).rows[0]?.n).toBe(1);
    expect(await refreshFacts(await house.context(), contactFacts, [id])).toEqual([]);
    expect((await events()).rows[0]?.n).toBe(1);
  });

  test('can be derived anew for all', async () => {
    const id = await customer('嘉兴丁');
    await follow(id, '2026-06-01');
    await house.follow();
    await sql`update customer_fact set last_contact_at = null where id = ${id}`.execute(house.services.db);
    expect(await rebuildFacts(house.services, contactFacts)).toBe(1);
    expect(await last(id)).toBe('2026-06-01T02:00:00Z');
  });

  test('nobody writes them', async () => {
    const id = await customer('湖州戊');
    const refused = await admin.patch(`/customers/${id}`, { lastContactAt: '2026-01-01T00:00:00Z' });
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'lastContactAt']);
  });

  test('go with their record', async () => {
    const id = await customer('绍兴己');
    const { id: call } = await follow(id, '2026-06-01');
    await house.follow();
    await admin.delete(`/customers/${id}`);
    expect((await admin.delete(`/customers/${id}?forever=true`)).status).toBe(204);
    const { rows } = await sql`select from customer_fact where id = ${id}`.execute(house.services.db);
    expect([rows.length, (await admin.get(`/activities/${call}`)).status]).toEqual([0, 404]);
  });

  test('are filtered, sorted, paged and hidden like any field', async () => {
    const names = ['舟山一', '舟山二', '舟山三', '舟山四'];
    const ids: string[] = [];
    for (const [index, name] of names.entries()) {
      const id = await customer(name);
      ids.push(id);
      if (index < 3) await follow(id, `2025-0${index + 1}-10`);
    }
    await house.follow();
    const list = async (query: string) => (await admin.get(`/customers?q=舟山&${query}`)).body;
    const titles = async (query: string) =>
      (await list(query)).items.map((item: { title: string }) => item.title);
    const filter = (term: object) =>
      `filter=${encodeURIComponent(JSON.stringify({ field: 'lastContactAt', ...term }))}`;
    expect(await titles('sort=lastContactAt')).toEqual(['舟山一', '舟山二', '舟山三', '舟山四']);
    expect(await titles('sort=-lastContactAt')).toEqual(['舟山三', '舟山二', '舟山一', '舟山四']);
    expect((await titles(filter({ op: 'empty' }))).sort()).toEqual(['舟山四']);
    expect((await titles(filter({ op: 'empty', value: false }))).length).toBe(3);
    expect((await titles(filter({ op: 'gte', value: '2025-02-01' }))).sort()).toEqual(['舟山三', '舟山二']);
    expect((await titles(filter({ op: 'ne', value: '2025-01-10T02:00:00Z' }))).length).toBe(3);
    // Page by page, in both directions, through filled and empty.
    for (const sort of ['lastContactAt', '-lastContactAt']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = await list(`sort=${sort}&limit=1${cursor}`);
        seen.push(...page.items.map((item: { title: string }) => item.title));
        cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
      } while (cursor);
      expect(seen).toEqual(await titles(`sort=${sort}`));
    }
    const blind = await house.person({
      entities: { customer: { actions: { read: 'all' }, fields: { lastContactAt: 'hidden' } } },
    });
    expect('lastContactAt' in (await blind.get(`/customers/${ids[0]}`)).body).toBe(false);
    expect((await blind.get(`/customers?${filter({ op: 'empty' })}`)).status).toBe(400);
    expect((await blind.get('/customers?sort=lastContactAt')).status).toBe(400);
  });
});

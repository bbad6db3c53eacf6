import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../../platform/testing/app.ts';
import { type ChannelHouse, type Side, startChannel } from '../testing/partners.ts';
import { matchNameOf, sameCustomer } from './conflicts.ts';
import { followDeals } from './expire.ts';

let house: ChannelHouse;
let east: Side;
let west: Side;
let seller: Person;

beforeAll(async () => {
  house = await startChannel();
  east = await house.partner('东海经销', 2);
  west = await house.partner('西岭代理');
  seller = east.people[0]!;
});
afterAll(() => house.stop());

test.each([
  ['杭州云帆科技有限公司', '杭州云帆科技', true],
  ['杭州 云帆科技(有限公司)', '杭州云帆科技有限公司', true],
  ['宁波云帆科技有限公司', '杭州云帆科技有限公司', false],
  ['杭州云帆科技有限公司宁波分公司', '杭州云帆科技有限公司', false],
])('%s and %s: %s', (one, other, same) => {
  expect(matchNameOf(one) === matchNameOf(other)).toBe(same);
});

test('who was first is found by the indexes of name, phone and tax number', async () => {
  const asked = sameCustomer({ name: '北岸电机', phone: '137 0000-5555', taxNumber: '91330100MA27XXXX1A' });
  let plan: { 'QUERY PLAN': string }[] = [];
  const looked = house.services.db.transaction().execute(async (db) => {
    await sql`insert into deal_registration (name, match_name, phone, tax_number, status)
      select n, n, '1390000' || n, 'T' || n, 'approved' from generate_series(1000, 5000) n`.execute(db);
    await sql`analyze deal_registration`.execute(db);
    plan = (
      await sql<{ 'QUERY PLAN': string }>`explain select id from deal_registration where ${asked}`.execute(db)
    ).rows;
    throw new Error('only looked');
  });
  await expect(looked).rejects.toThrow('only looked');
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  for (const index of ['match', 'phone_digits', 'tax_number_idx'])
    expect(text).toContain(`deal_registration_${index}`);
});

const register = (who: Person, name: string, more: object = {}) =>
  who.post('/deal-registrations', { name, ...more });
const registered = async (who: Person, name: string, more: object = {}): Promise<string> => {
  const { status, body } = await register(who, name, more);
  expect([status, body]).toMatchObject([201, { name, status: 'submitted' }]);
  return body.id;
};
const does = (who: Person, id: string, verb: string, body: object = {}) =>
  who.post(`/deal-registrations/${id}/${verb}`, body);
const read = async (who: Person, path: string) => (await who.get(path)).body;

describe('a deal', () => {
  test('that is approved is the partner’s: customer, contact and business', async () => {
    const id = await registered(seller, '临海金属制品厂', {
      contactName: '徐工',
      phone: '13700002222',
      amount: { amount: '80000', currency: 'CNY' },
    });
    const asked = await read(house.manager, '/notifications');
    expect(JSON.stringify(asked)).toContain('临海金属制品厂');
    const { status, body } = await does(house.manager, id, 'approveDeal', { days: 30 });
    expect([status, body.status]).toEqual([200, 'approved']);
    expect(await read(seller, `/customers/${body.customer}`)).toMatchObject({
      name: '临海金属制品厂',
      owner: { id: seller.id },
    });
    expect((await read(seller, '/contacts')).items).toMatchObject([{ name: '徐工' }]);
    expect(await read(east.people[1]!, `/opportunities/${body.opportunity}`)).toMatchObject({
      amount: { amount: expect.stringMatching(/^80000/) },
    });
    const judged = { ids: [body.opportunity], category: 'omitted', reason: '渠道夸大' };
    expect((await house.administrator.post('/opportunities/judge-forecast', judged)).status).toBe(200);
    const told = await seller.get(`/opportunities/${body.opportunity}`);
    expect([told.status, told.raw.body.includes('渠道夸大')]).toEqual([200, false]);
    expect((await house.manager.get(`/customers/${body.customer}`)).status).toBe(200);
    expect((await west.people[0]!.get(`/customers/${body.customer}`)).status).toBe(404);
    expect((await west.people[0]!.get(`/deal-registrations/${id}`)).status).toBe(404);
  });

  test('is counted for the partner when its business is won', async () => {
    const id = await registered(seller, '三门机床附件厂');
    const { body } = await does(house.manager, id, 'approveDeal');
    const { items } = await read(house.manager, '/stages');
    const won = items.find(({ outcome }: { outcome: string }) => outcome === 'won');
    await house.manager.patch(`/opportunities/${body.opportunity}`, {
      stage: won.id,
      amount: { amount: '5', currency: 'CNY' },
      reason: 'price',
      exception: '渠道已确认',
    });
    await house.follow();
    expect(await read(seller, `/deal-registrations/${id}`)).toMatchObject({ status: 'won' });
    expect((await read(seller, '/channel/mine')).results.deals).toMatchObject({ won: 1 });
  });

  test('taken by another partner is refused without a word of whose it is', async () => {
    const id = await registered(seller, '温岭水泵有限公司', { taxNumber: '91350100M000100Y43' });
    const waiting = await registered(west.people[0]!, '温岭水泵');
    const { deals } = await read(house.administrator, `/deal-registrations/${waiting}/conflicts`);
    expect(deals).toMatchObject([{ id, partner: '东海经销', status: 'submitted' }]);
    expect((await west.people[0]!.get(`/deal-registrations/${waiting}/conflicts`)).status).toBe(403);
    const all = { actions: { read: 'all', create: 'all' } } as const;
    const noPartners = await house.person({ entities: { dealRegistration: all, customer: all } });
    expect((await read(noPartners, `/deal-registrations/${waiting}/conflicts`)).deals).toMatchObject([
      { id, partner: null },
    ]);
    await does(house.manager, id, 'approveDeal');
    await does(west.people[0]!, waiting, 'withdrawDeal');
    const taken = await register(west.people[0]!, '另一个名字', { taxNumber: '91350100M000100Y43' });
    expect([taken.status, taken.body.code]).toEqual([409, 'deal_taken']);
    expect(taken.raw.body).not.toContain('东海');
    expect((await register(seller, '温岭水泵有限公司')).body.code).toBe('deal_registered');
  });

  test('that the house knows already is told to the house alone', async () => {
    await house.administrator.create('customers', { name: '黄岩模具集团有限公司' });
    const id = await registered(seller, '黄岩模具集团有限公司');
    const conflicts = await read(house.administrator, `/deal-registrations/${id}/conflicts`);
    expect(conflicts.customers).toMatchObject([{ title: '黄岩模具集团有限公司', visible: true }]);
    await does(house.manager, id, 'refuseDeal', { reason: '已有人在跟' });
    const seen = await seller.get(`/deal-registrations/${id}`);
    expect(seen.body).toMatchObject({ status: 'refused', reason: '已有人在跟', customer: null });
  });

  test('is decided by the house, once, and changes no more', async () => {
    const id = await registered(seller, '路桥塑料厂');
    expect((await does(seller, id, 'approveDeal')).status).toBe(403);
    expect((await does(house.manager, id, 'refuseDeal')).status).toBe(422);
    await does(house.manager, id, 'refuseDeal', { reason: '不在区域内' });
    expect((await does(house.manager, id, 'approveDeal')).body.code).toBe('deal_state');
    const late = await seller.patch(`/deal-registrations/${id}`, { description: '再看看' });
    expect(late.body.errors[0].code).toBe('deal_decided');
    const forced = await registered(seller, '绕过', { partner: west.id });
    expect((await west.people[0]!.get(`/deal-registrations/${forced}`)).status).toBe(404);
    expect(await read(seller, `/deal-registrations/${id}`)).not.toHaveProperty('matchName');
  });

  test('bears only what who registers it may write', async () => {
    const rights = { actions: { read: 'departmentAndBelow', create: 'departmentAndBelow' } } as const;
    const narrow = await house.person(
      { entities: { dealRegistration: { ...rights, fields: { amount: 'read', phone: 'hidden' } } } },
      { department: east.unit },
    );
    const refused = await register(narrow, '玉环阀门厂', {
      amount: { amount: '1', currency: 'CNY' },
      phone: '13700003333',
    });
    expect([refused.status, refused.body.errors]).toMatchObject([
      422,
      [
        { path: 'amount', code: 'field_not_writable' },
        { path: 'phone', code: 'unknown_field' },
      ],
    ]);
    await registered(narrow, '玉环阀门厂');
  });

  test('is protected until its day, with a word before', async () => {
    const id = await registered(seller, '椒江制药设备厂');
    await does(house.manager, id, 'approveDeal', { days: 5 });
    expect(await followDeals(house.services)).toMatchObject({ expired: 0, warned: 1 });
    expect(JSON.stringify(await read(seller, '/notifications'))).toContain('椒江制药设备厂');
    await sql`update deal_registration set protected_until = current_date - 2 where id = ${id}`.execute(
      house.services.db,
    );
    expect((await followDeals(house.services)).expired).toBe(1);
    expect(await read(seller, `/deal-registrations/${id}`)).toMatchObject({ status: 'expired' });
    await registered(west.people[0]!, '椒江制药设备厂');
    expect((await does(house.manager, id, 'extendDeal', { days: 10 })).body.status).toBe('approved');
  });

  test('is not protected for two partners at once', async () => {
    const ids = [await registered(seller, '天台过滤器厂'), await registered(west.people[0]!, '天台过滤器厂')];
    const both = await Promise.all(ids.map((id) => does(house.manager, id, 'approveDeal', { days: 5 })));
    const won = both.findIndex(({ status }) => status === 200);
    const [first, second] = [ids[won]!, ids[1 - won]!];
    expect(both[1 - won]?.body.code).toBe('deal_taken');
    await sql`update deal_registration set protected_until = current_date - 2 where id = ${first}`.execute(
      house.services.db,
    );
    await followDeals(house.services);
    expect((await does(house.manager, second, 'approveDeal')).body.status).toBe('approved');
    expect((await does(house.manager, first, 'extendDeal', { days: 5 })).body.code).toBe('deal_taken');
  });

  test('that is extended while the night ends it stays protected', async () => {
    const id = await registered(seller, '仙居阀门铸造厂');
    await does(house.manager, id, 'approveDeal', { days: 5 });
    const { db } = house.services;
    await sql`update deal_registration set protected_until = current_date - 2 where id = ${id}`.execute(db);
    let night: Promise<unknown> | undefined;
    await db.transaction().execute(async (tx) => {
      await sql`update deal_registration set protected_until = current_date + 9 where id = ${id}`.execute(tx);
      night = followDeals(house.services);
      const waits = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      await expect.poll(async () => (await waits.execute(db)).rows.length).toBe(1);
    });
    expect(await night).toMatchObject({ expired: 0 });
    expect(await read(seller, `/deal-registrations/${id}`)).toMatchObject({ status: 'approved' });
  });
});

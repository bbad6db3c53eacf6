import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entityNamed } from '../entity/registry.ts';
import { eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { refreshPairs } from './pairs.ts';
import { scanAll } from './scan.ts';

let house: TestApp;
let admin: Person;
beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

const customer = (name: string, more: object = {}, who = admin) => who.create('customers', { name, ...more });
const scan = async (entity = 'customer') => {
  const ctx = await house.context();
  return scanAll(ctx, entityNamed(ctx.registry, entity));
};
const refresh = async (...ids: string[]) => {
  const ctx = await house.context();
  await refreshPairs(ctx, entityNamed(ctx.registry, 'customer'), ids);
};
type Item = { ids: string[]; certainty: number; reasons: { code: string; label: string }[] };
const queue = async (who = admin, query = ''): Promise<Item[]> =>
  (await who.get(`/duplicates?entity=customer&limit=200${query}`)).body.items;
const pairOf = async (a: string, b: string, who = admin) =>
  (await queue(who)).find(({ ids }) => ids.includes(a) && ids.includes(b));

const SELF = {
  entities: { customer: { actions: { read: 'self', create: 'self', update: 'self', delete: 'self' } } },
} as const;

describe('the queue', () => {
  it('holds pairs by certainty with reasons, page by page', async () => {
    const a = await customer('杭州凌云机械有限公司');
    const b = await customer('杭州凌云机械有限公司 ');
    const c = await customer('杭州凌云机械');
    await scan();
    const items = await queue();
    expect(items.map(({ certainty }) => certainty)).toEqual(
      items.map(({ certainty }) => certainty).toSorted((x, y) => y - x),
    );
    expect(await pairOf(a.id, b.id)).toMatchObject({
      certainty: 1,
      reasons: [{ code: 'name', label: '名称相同' }],
    });
    expect((await pairOf(a.id, c.id))?.certainty).toBeLessThan(1);
    const paged: string[] = [];
    let cursor = '';
    do {
      const { body } = await admin.get(`/duplicates?entity=customer&limit=1${cursor && `&cursor=${cursor}`}`);
      paged.push(...body.items.map((item: Item) => item.ids.join()));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(paged).toEqual(items.map(({ ids }) => ids.join()));
  });

  it('follows changes by itself, and the look at the whole finds the same', async () => {
    const a = await customer('温州博远鞋业有限公司');
    const b = await customer('温州博元鞋业有限公司');
    await refresh(a.id, b.id);
    const found = await pairOf(a.id, b.id);
    expect(found?.reasons.map(({ code }) => code)).toEqual(['homophone']);
    await scan();
    expect(await pairOf(a.id, b.id)).toEqual(found);
    await admin.patch(`/customers/${b.id}`, { name: '完全不同的名字' });
    await refresh(b.id);
    expect(await pairOf(a.id, b.id)).toBeUndefined();
  });

  it('remembers what was decided', async () => {
    const a = await customer('台州海润食品有限公司');
    const b = await customer('台州海润食品');
    await scan();
    const decide = (decision: string | null) =>
      admin.post('/duplicates/decide', { entity: 'customer', ids: [b.id, a.id], decision });
    expect((await decide('different')).status).toBe(204);
    await admin.patch(`/customers/${b.id}`, { phone: '0576-88001234' });
    await refresh(b.id);
    await scan();
    expect(await pairOf(a.id, b.id)).toBeUndefined();
    expect((await admin.get(`/audit?recordId=${a.id}`)).body.items[0].action).toBe('not_duplicate');
    await decide(null);
    await scan();
    expect(await pairOf(a.id, b.id)).toBeDefined();
    await decide('later');
    expect(await pairOf(a.id, b.id)).toBeUndefined();
  });

  it('shows only pairs of which one may read both, and lets go of what was deleted or merged', async () => {
    const seller = await house.person(SELF);
    const own = await customer('宁波天翔物流有限公司', {}, seller);
    const foreign = await customer('宁波天翔物流');
    await scan();
    expect(await pairOf(own.id, foreign.id)).toBeDefined();
    expect(await queue(seller)).toEqual([]);
    expect(
      (
        await seller.post('/duplicates/decide', {
          entity: 'customer',
          ids: [own.id, foreign.id],
          decision: 'different',
        })
      ).status,
    ).toBe(404);
    await admin.post('/customers/merge', { ids: [own.id, foreign.id], into: foreign.id });
    expect(await pairOf(own.id, foreign.id)).toBeUndefined();
  });

  it('is kept by what follows events', async () => {
    await house.app.startBackground();
    const a = await customer('绍兴金鹏纺织有限公司');
    const b = await customer('绍兴金鹏纺织股份有限公司');
    await eventually(() => pairOf(a.id, b.id));
    await admin.delete(`/customers/${b.id}`);
    const { body } = await admin.post('/duplicates/scan', { entity: 'customer' });
    await eventually(async () => (await admin.get(`/jobs/${body.job}`)).body.state === 'done');
    expect(await pairOf(a.id, b.id)).toBeUndefined();
  });

  it('refuses what is not compared, and strangers', async () => {
    expect((await admin.get('/duplicates?entity=activity')).body.code).toBe('not_compared');
    expect((await admin.get('/duplicates?entity=user')).body.code).toBe('not_compared');
    const nobody = await house.person({ entities: {} });
    expect((await nobody.get('/duplicates?entity=customer')).status).toBe(403);
    expect((await admin.get('/duplicates?entity=customer&cursor=x')).body.code).toBe('bad_cursor');
  });
});

describe('while typing', () => {
  const check = (values: object, who = admin, more = {}) =>
    who.post('/duplicates/check', { entity: 'customer', values, ...more });

  it('finds what is there, at once, with reasons', async () => {
    const there = await customer('金华双龙电器有限公司', { phone: '13957900001' });
    const byName = (await check({ name: '双龙电器' })).body.hits;
    expect(byName).toMatchObject([{ id: there.id, visible: true, reasons: [{ code: 'place' }] }]);
    const byPhone = (await check({ phone: '139 5790 0001' })).body.hits;
    expect(byPhone).toMatchObject([{ id: there.id, reasons: [{ label: '电话相同' }] }]);
    expect((await check({ name: '金华双龙电器有限公司' }, admin, { id: there.id })).body.hits).toEqual([]);
    expect((await check({ name: '' })).body.hits).toEqual([]);
  });

  it('tells of what lies outside one’s scope only name, owner and last contact, and lets one ask for it', async () => {
    const seller = await house.person(SELF);
    const owner = await house.person(SELF, { name: '周负责' });
    const foreign = await customer('衢州远大化工有限公司', {
      owner: owner.id,
      phone: '13857000001',
      city: '衢州',
    });
    await admin.create('activities', {
      kind: 'call',
      subject: '回访',
      customer: foreign.id,
      occurredAt: '2026-01-05T02:00:00Z',
    });
    const early = await seller.post('/duplicates/request', {
      entity: 'customer',
      id: foreign.id,
      kind: 'share',
    });
    expect(early.status).toBe(404);
    const [hit] = (await check({ name: '衢州远大化工' }, seller)).body.hits;
    expect(hit).toMatchObject({
      visible: false,
      title: '衢州远大化工有限公司',
      subtitle: null,
      owner: { id: owner.id, title: '周负责' },
    });
    expect(Temporal.Instant.from(hit.lastContactAt).toString()).toBe('2026-01-05T02:00:00Z');
    expect(JSON.stringify(hit)).not.toContain('1385700');
    const asked = await seller.post('/duplicates/request', {
      entity: 'customer',
      id: foreign.id,
      kind: 'transfer',
      note: '老同学',
    });
    expect(asked.body).toEqual({ owner: owner.id });
    const { items } = (await owner.get('/notifications')).body;
    expect(items[0].text).toContain('转给自己：老同学');
  });

  it('is limited', async () => {
    const curious = await house.person(SELF);
    const answers: number[] = [];
    for (let asked = 0; asked < 61; asked += 1)
      answers.push((await check({ name: `试探${asked}` }, curious)).status);
    expect(answers.slice(0, 60).every((status) => status === 200)).toBe(true);
    expect(answers[60]).toBe(429);
  });
});

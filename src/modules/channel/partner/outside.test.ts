import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../../platform/testing/app.ts';
import { sample } from '../../../platform/testing/entities/samples.ts';
import { type ChannelHouse, type Side, startChannel } from '../testing/partners.ts';

/** Stands in everything the house has written; no answer to a partner's person may hold it. */
const SECRET = '甲壳机密';

let house: ChannelHouse;
let east: Side;
let west: Side;
let insider: Person;
let outsider: Person;
let theirs: { id: string };
/** A record of the house's, by record type. */
const secrets = new Map<string, string>();

beforeAll(async () => {
  house = await startChannel();
  insider = house.administrator;
  east = await house.partner('东海经销', 2);
  west = await house.partner('西岭代理');
  outsider = east.people[0]!;
  theirs = await house.theirs(east, '临平五金店');
  await house.theirs(west, `西岭的客户${SECRET}`);
  await fill();
  await house.follow();
});
afterAll(() => house.stop());

/** One record of every type that can be made with its required fields, with the secret in its texts. */
async function fill(): Promise<void> {
  const customer = await insider.create('customers', { name: `杭州${SECRET}集团`, phone: '13900001111' });
  secrets.set('customer', customer.id);
  const order = await insider.create('orders', {
    customer: customer.id,
    name: SECRET,
    lines: [{ name: SECRET, quantity: '1', price: '100' }],
  });
  secrets.set('order', order.id);
  for (const entity of house.services.registry().entities) {
    if (secrets.has(entity.name) || entity.partOf || entity.adminOnly || entity.outside?.sees === 'common')
      continue;
    const values: Record<string, unknown> = {};
    for (const [n, field] of entity.fieldList.entries()) {
      const needed = (field.required && field.default === undefined) || field.name === entity.title;
      if (field.readOnly || (!needed && field.name !== 'customer' && field.kind !== 'longText')) continue;
      values[field.name] =
        field.to === 'customer'
          ? customer.id
          : field.to === 'order'
            ? order.id
            : ['text', 'longText'].includes(field.kind)
              ? `${SECRET}${n}`
              : await sample(house, field, n + 5000);
    }
    const made = await insider.post(`/${entity.plural}`, values);
    if (made.status === 201) secrets.set(entity.name, made.body.id);
  }
}

const nothing = (text: string) => {
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain('西岭');
  expect(text).not.toContain('顾渠');
  expect(text).not.toContain('林静');
};

test('enough of the house stands there to be hidden', () => {
  expect(secrets.size).toBeGreaterThan(35);
});

test('no list, count, record or picker of any type tells of the house or of another partner', async () => {
  for (const entity of house.services.registry().entities) {
    const list = await outsider.get(`/${entity.plural}?count=true&limit=200`);
    expect([200, 403, 404], entity.name).toContain(list.status);
    nothing(list.raw.body);
    if (list.status === 200 && !entity.outside) throw new Error(`${entity.name} can be listed`);
    if (list.status === 200 && entity.outside?.sees !== 'common') {
      const owned: { id: string }[] = list.body.items;
      expect(owned.map(({ id }) => id)).not.toContain(secrets.get(entity.name));
      expect(list.body.total).toBe(owned.length);
    }
    const binned = await outsider.get(`/${entity.plural}?deleted=true`);
    nothing(binned.raw.body);
    nothing((await outsider.get(`/lookup/${entity.name}?q=${encodeURIComponent(SECRET)}`)).raw.body);
    nothing((await outsider.get(`/lookup/${entity.name}`)).raw.body);
  }
});

test('no record of the house can be read, changed, deleted, given away or written on', async () => {
  for (const [name, id] of secrets) {
    const { plural } = house.services.registry().byName.get(name)!;
    for (const answer of [
      await outsider.get(`/${plural}/${id}`),
      await outsider.patch(`/${plural}/${id}`, {}),
      await outsider.delete(`/${plural}/${id}`),
      await outsider.post(`/${plural}/${id}/transfer`, { owner: outsider.id }),
      await outsider.get(`/${plural}/${id}/timeline`),
      await outsider.get(`/${plural}/${id}/comments`),
      await outsider.get(`/${plural}/${id}/shares`),
      await outsider.post(`/${plural}/${id}/comments`, { text: '听说' }),
      await outsider.post(`/${plural}/${id}/share`, { user: outsider.id, access: 'read' }),
    ]) {
      expect([403, 404], `${name} ${answer.status}`).toContain(answer.status);
      nothing(answer.raw.body);
    }
  }
});

test('no route tells anything but those that are meant for partners', async () => {
  const ids = [secrets.get('customer')!, secrets.get('order')!, theirs.id];
  const open: string[] = [];
  for (const route of house.app.routes) {
    if (route.method !== 'GET' || route.page || route.access === 'open' || route.path === '/live') continue;
    for (const id of route.path.includes('{') ? ids : [ids[0]!]) {
      const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name) =>
        name === 'plural' ? 'customers' : name === 'entity' ? 'customer' : name === 'kind' ? 'customer' : id,
      );
      const answer = await outsider.get(path);
      // Who looks after a partner is told to it.
      nothing(answer.raw.body.replaceAll(/"manager":\{"name":"顾渠"/g, ''));
      if (answer.status < 300) open.push(route.path);
      if (!route.outside) expect([403, 404], path).toContain(answer.status);
    }
  }
  expect([...new Set(open)].toSorted()).toMatchInlineSnapshot(`
    [
      "/channel/mine",
      "/channel/mine/goods",
      "/channel/mine/orders",
      "/channel/mine/rebates",
      "/lookup/{entity}",
      "/meta",
      "/notifications",
      "/notifications/preferences",
      "/notifications/unread",
      "/places",
      "/today",
      "/{plural}",
      "/{plural}/{id}",
      "/{plural}/{id}/timeline",
    ]
  `);
});

test('what changes things is refused by route, not by chance', async () => {
  const closed = house.app.routes.filter(
    ({ method, page, access, outside }) => method !== 'GET' && !page && access !== 'open' && !outside,
  );
  expect(closed.length).toBeGreaterThan(100);
  for (const { method, path } of closed) {
    const at = path.replaceAll(/\{(\w+)\}/g, (_, name) => (name === 'plural' ? 'customers' : theirs.id));
    const answer = await outsider.send(method, at, method === 'DELETE' ? undefined : {}, { 'if-match': '*' });
    expect([403, 404, 415, 422], `${method} ${at} ${answer.status}`).toContain(answer.status);
    nothing(answer.raw.body);
  }
});

test('no command is theirs unless it says so', async () => {
  const { entities } = (await outsider.get('/meta')).body;
  const commands = entities.flatMap((entity: { name: string; commands: { name: string }[] }) =>
    entity.commands.map(({ name }) => `${entity.name}.${name}`),
  );
  expect(commands).toMatchInlineSnapshot(`
    [
      "dealRegistration.withdrawDeal",
    ]
  `);
  expect(
    (await outsider.post(`/partners/${east.id}/invitePartnerPerson`, { name: '某', username: 'mou' })).status,
  ).toBe(403);
});

test('search finds one’s own, and nothing else', async () => {
  nothing((await outsider.get(`/search?q=${encodeURIComponent(SECRET)}`)).raw.body);
  nothing((await outsider.get('/search?q=13900001111')).raw.body);
  nothing((await outsider.get('/search?q=顾渠')).raw.body);
  const own = (await outsider.get('/search?q=临平五金')).body;
  expect(own.groups[0].items[0].id).toBe(theirs.id);
});

test('whom the house knows is not told to who types a name in', async () => {
  const check = await outsider.post('/duplicates/check', {
    entity: 'customer',
    values: { name: `杭州${SECRET}集团`, phone: '13900001111' },
  });
  expect(check.body).toEqual({ hits: [] });
});

describe('on their own customers', () => {
  test('facts, remarks, comments, changes and notes of the house stay within it', async () => {
    await insider.patch(`/customers/${theirs.id}`, { remark: SECRET });
    await insider.post(`/customers/${theirs.id}/comments`, { text: SECRET });
    const note = await insider.create('activities', {
      customer: theirs.id,
      kind: 'note',
      subject: SECRET,
      content: SECRET,
    });
    await house.follow();
    nothing((await outsider.get('/notifications')).raw.body);
    const deal = await insider.create('opportunities', { customer: theirs.id, name: SECRET });
    const quote = await insider.create('quotes', { customer: theirs.id, name: SECRET });
    const file = await outsider.get(`/customers/${theirs.id}`);
    expect(file.body).toMatchObject({ name: '临平五金店' });
    for (const name of ['remark', 'grade', 'gradeScore', 'lifeStage', 'keepRate', 'team', 'tags', 'pool'])
      expect(file.body).not.toHaveProperty(name);
    nothing(file.raw.body);
    nothing((await outsider.get(`/customers/${theirs.id}/timeline`)).raw.body);
    for (const path of [`activities/${note.id}`, `opportunities/${deal.id}`, `quotes/${quote.id}`])
      expect([403, 404]).toContain((await outsider.get(`/${path}`)).status);
    nothing((await outsider.get('/activities?count=true')).raw.body);
    for (const field of ['remark', 'grade', 'keepRate'])
      expect(
        (await outsider.get(`/customers?filter=${JSON.stringify({ field, op: 'empty', value: true })}`))
          .status,
      ).toBeGreaterThanOrEqual(400);
  });

  test('what one of them writes his colleagues read, and the house too', async () => {
    const visit = await outsider.create('activities', {
      customer: theirs.id,
      kind: 'visit',
      content: '看了货架',
    });
    const colleague = east.people[1]!;
    expect((await colleague.get(`/activities/${visit.id}`)).body).toMatchObject({ content: '看了货架' });
    expect((await house.manager.get(`/activities/${visit.id}`)).status).toBe(200);
    expect((await west.people[0]!.get(`/activities/${visit.id}`)).status).toBe(404);
    expect((await colleague.get(`/customers/${theirs.id}/timeline`)).raw.body).toContain('看了货架');
  });

  test('nothing is offered that leads nowhere: no comments, no changes, no lists of what the house sets up', async () => {
    const told = async (person: Person) => (await person.get(`/customers/${theirs.id}/timeline`)).body;
    const [ours, seen] = [await told(insider), await told(outsider)];
    expect(ours.categories).toEqual(expect.arrayContaining(['comment', 'change', 'deal']));
    expect(seen.categories).not.toEqual(expect.arrayContaining(['comment']));
    expect(seen.categories).not.toEqual(expect.arrayContaining(['change']));
    expect(seen.items.length).toBeGreaterThan(0);
    expect(seen.items.every(({ comments }: { comments: unknown }) => comments === null)).toBe(true);
    const menuOf = async (person: Person) =>
      (await person.get('/meta')).body.entities.find(({ name }: { name: string }) => name === 'stage').menu;
    expect([await menuOf(insider), await menuOf(outsider)]).toEqual([expect.anything(), undefined]);
  });

  test('cost, floor and list price are nobody’s but the house’s', async () => {
    const product = await insider.create('products', {
      name: '不锈钢铰链',
      price: { amount: '12.34', currency: 'CNY' },
      cost: { amount: '7.77', currency: 'CNY' },
    });
    const order = await insider.create('orders', {
      customer: theirs.id,
      remark: SECRET,
      lines: [{ product: product.id, quantity: '3', price: '11.00' }],
    });
    const seen = await outsider.get(`/orders/${order.id}`);
    expect(seen.body).toMatchObject({ total: { amount: '33.00' }, lines: [{ price: '11.00' }] });
    for (const secret of ['7.77', '12.34', SECRET]) expect(seen.raw.body).not.toContain(secret);
    const goods = await outsider.get(`/products/${product.id}`);
    expect(goods.body).toMatchObject({ name: '不锈钢铰链' });
    for (const secret of ['7.77', '12.34']) expect(goods.raw.body).not.toContain(secret);
  });

  test('pickers offer their own people only, and customers go to no one else', async () => {
    const people = (await outsider.get('/lookup/user')).body.items.map(({ id }: { id: string }) => id);
    expect(people.toSorted()).toEqual(east.people.map(({ id }) => id).toSorted());
    expect((await outsider.get('/lookup/user?q=伙伴员')).body.items).toHaveLength(2);
    const away = await outsider.post(`/customers/${theirs.id}/transfer`, { owner: house.manager.id });
    expect(away.status).toBeGreaterThanOrEqual(400);
    const given = await outsider.post(`/customers/${theirs.id}/transfer`, { owner: east.people[1]!.id });
    expect(given.body).toMatchObject({ owner: { id: east.people[1]!.id } });
    expect((await outsider.get('/departments')).body.items).toHaveLength(1);
  });
});

describe('whatever role', () => {
  test('one of them is given, it ends at his own side', async () => {
    const { body } = await insider.get('/roles');
    const all = body.items.map(({ id }: { id: string }) => id);
    await insider.patch(`/users/${outsider.id}`, { roles: all });
    for (const [name, id] of secrets) {
      const { plural } = house.services.registry().byName.get(name)!;
      const answer = await outsider.get(`/${plural}/${id}`);
      expect([403, 404], name).toContain(answer.status);
      nothing((await outsider.get(`/${plural}?count=true`)).raw.body);
    }
    expect((await outsider.get('/audit')).status).toBe(403);
    expect((await outsider.get('/settings')).status).toBe(403);
    expect((await outsider.get('/meta')).body.me).toMatchObject({ administrator: false, outside: true });
  });

  test('a record shared with one of them stays where it is', async () => {
    const id = secrets.get('customer')!;
    const refused = await insider.post(`/customers/${id}/share`, { user: outsider.id, access: 'write' });
    expect(refused.body.errors[0].code).toBe('share_outside');
    await sql`insert into record_share (id, entity, record_id, user_id, access) values
      (uuidv7(), 'customer', ${id}, ${outsider.id}, 'write')`.execute(house.services.db);
    expect((await outsider.get(`/customers/${id}`)).status).toBe(404);
  });

  test('one of them who is blocked is out at once', async () => {
    const gone = east.people[1]!;
    expect((await gone.get('/customers')).status).toBe(200);
    await house.manager.post(`/partners/${east.id}/blockPartnerPerson`, { user: gone.id });
    expect((await gone.get('/customers')).status).toBe(401);
    expect(
      (await house.manager.post(`/partners/${east.id}/blockPartnerPerson`, { user: house.administrator.id }))
        .status,
    ).toBe(404);
  });

  test('a partnership that ends shuts all of them out; their customers wait to be handed over', async () => {
    const customer = await house.theirs(west, '西山五金');
    const branch = await house.department('西岭门店', west.unit);
    const clerk = await house.person(
      { entities: { customer: { actions: { read: 'departmentAndBelow' } } } },
      { department: branch },
    );
    expect((await clerk.get('/customers')).status).toBe(200);
    const people = (await house.manager.get(`/partners/${west.id}/people`)).body.items;
    expect(people.map(({ id }: { id: string }) => id)).toContain(clerk.id);
    const ended = await house.manager.post(`/partners/${west.id}/endPartner`, { reason: '合同到期' });
    expect(ended.body).toEqual({ people: 2 });
    for (const one of [west.people[0]!, clerk]) expect((await one.get('/customers')).status).toBe(401);
    const { waiting } = (await house.manager.get('/handovers')).body;
    const left = waiting.find(({ id }: { id: string }) => id === west.people[0]!.id);
    expect(left.open.customer).toBeGreaterThanOrEqual(1);
    expect((await house.manager.get(`/customers/${customer.id}`)).status).toBe(200);
    expect(
      (await house.manager.post(`/partners/${west.id}/invitePartnerPerson`, { name: '新', username: 'xin9' }))
        .body.code,
    ).toBe('partner_ended');
    // Not even somebody who was invited before and has been let in again by mistake.
    await sql`update "user" set status = 'waiting' where id = ${clerk.id}`.execute(house.services.db);
    expect(
      (await house.manager.post(`/partners/${west.id}/remindPartnerPerson`, { user: clerk.id })).body.code,
    ).toBe('partner_ended');
  });
});

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemContext } from '../../platform/context/services.ts';
import { fileOf } from '../../platform/imports/testing/files.ts';
import { openTable } from '../../platform/tabular/read.ts';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { dateIn } from '../../platform/time/instant.shared.ts';
import { generate } from './plan/generate.ts';

let house: TestApp;
let admin: Person;
let today: string;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  today = dateIn('Asia/Shanghai', (await house.context()).now);
});
afterAll(() => house.stop());

const inDays = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
const all = { read: 'all', create: 'all', update: 'all' } as const;
const money = (amount: string) => ({ amount, currency: 'CNY' });
const spend = async (customer: string, spentBy: Person, amount: string) => {
  const { id } = await admin.create('hospitalities', {
    subject: '晚餐',
    customer,
    amount: money(amount),
    date: today,
    spentBy: spentBy.id,
  });
  await sql`update hospitality set status = 'approved' where id = ${id}`.execute(house.services.db);
};

describe('birthdays of people in a pool', () => {
  test('are masked to its members as phones are, however they are asked for', async () => {
    const member = await house.person({
      entities: {
        customer: { actions: { read: 'self' } },
        contact: { actions: { read: 'self' } },
        rememberedFact: { actions: { read: 'self' } },
        careItem: { actions: { read: 'self' } },
      },
    });
    const pool = await admin.create('pools', { name: '公海', members: [member.id] });
    const { id: customer } = await admin.create('customers', {
      name: '公海工厂',
      department: (pool.unit as { id: string }).id,
    });
    const { id: contact } = await admin.create('contacts', {
      name: '林小月',
      customer,
      birthday: `1990-${inDays(9).slice(5)}`,
    });
    const { id: memory } = await admin.create('remembered-facts', {
      text: '结婚纪念日',
      customer,
      contact,
      day: `--${inDays(9).slice(5)}`,
    });
    const { id: item } = await admin.create('care-items', {
      subject: '林小月 · 生日',
      customer,
      contact,
      occasion: 'birthday',
      occasionOn: inDays(9),
      dueDate: inDays(9),
    });
    await house.follow();
    expect((await admin.get(`/contacts/${contact}`)).body.nextBirthday).toBe(inDays(9));
    expect((await admin.get(`/remembered-facts/${memory}`)).body.nextOn).toBe(inDays(9));
    for (const path of [
      `/contacts/${contact}`,
      `/remembered-facts/${memory}`,
      `/care-items/${item}`,
      '/contacts',
      '/remembered-facts',
      '/care-items',
    ]) {
      const { status, raw } = await member.get(path);
      expect([path, status, raw.body.includes(inDays(9).slice(5))]).toEqual([path, 200, false]);
    }
    const filter = (field: string) =>
      `filter=${encodeURIComponent(JSON.stringify({ field, op: 'eq', value: inDays(9) }))}`;
    const found = async (who: Person, path: string) => (await who.get(path)).body.items.length;
    for (const path of [`/remembered-facts?${filter('nextOn')}`, `/care-items?${filter('occasionOn')}`]) {
      expect([path, await found(admin, path)]).toEqual([path, 1]);
      expect([path, await found(member, path)]).toEqual([path, 0]);
    }
    const birthdays = async (who: Person) =>
      (await who.get('/care/days')).body.items.map((day: { birthdays: number; items: number }) => [
        day.birthdays,
        day.items,
      ])[9];
    expect(await birthdays(admin)).toEqual([1, 1]);
    expect(await birthdays(member)).toEqual([0, 0]);
  });
});

describe('the report of spending', () => {
  test('is taken out as far as one may take out, and names nobody one may not know of', async () => {
    const [near, far] = [await house.department('近'), await house.department('远')];
    const seller = await house.person({}, { name: '花钱的', department: near });
    const customers = await Promise.all(
      [
        { name: '近的客户', owner: seller.id, department: near },
        { name: '远的客户', owner: admin.id, department: far },
      ].map((each) => admin.create('customers', each)),
    );
    for (const { id } of customers) await spend(id, seller, '100');
    const reader = await house.person(
      {
        entities: {
          customer: { actions: all },
          hospitality: { actions: { ...all, export: 'department' }, fields: { spentBy: 'hidden' } },
        },
      },
      { department: near },
    );
    const { lines } = (await reader.get('/care/hospitality-report')).body;
    expect(lines.map((line: { customer: { title: string } }) => line.customer.title).sort()).toEqual([
      '近的客户',
      '远的客户',
    ]);
    expect(lines.map((line: { person: unknown }) => line.person)).toEqual([null, null]);
    const { raw } = await reader.get('/care/hospitality-report/xlsx');
    const table = await openTable(fileOf(raw.rawPayload, 'report.xlsx'));
    const cells: string[] = [];
    for await (const row of table.rows()) cells.push(...row.cells.map((cell) => String(cell.text ?? '')));
    expect(cells).toContain('近的客户');
    expect(cells).not.toContain('远的客户');
    expect(cells).not.toContain('花钱的');
  });
});

test('limits of closeness are the administrators’, and a warning names no customer out of sight', async () => {
  const boss = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
  const seller = await house.person({ entities: { customer: { actions: all } } });
  expect((await seller.get('/care/settings')).status).toBe(403);
  await admin.patch(`/users/${seller.id}`, { manager: boss.id });
  const { id } = await admin.create('customers', { name: '看不见的客户', owner: seller.id });
  await sql`insert into care_closeness (customer_id, user_id, since, reasons)
    values (${id}, ${seller.id}, ${today}, '{"spend": "5000"}')`.execute(house.services.db);
  const seen = async (who: Person) => (await who.get('/care/closeness')).body.items;
  expect((await seen(boss)).map((line: { customer: object }) => line.customer)).toEqual([{ id, title: '—' }]);
  expect((await seen(admin))[0].customer.title).toBe('看不见的客户');
  expect(await seen(seller)).toEqual([]);
});

test('what is due today tells no field its reader may not see', async () => {
  const { id } = await admin.create('customers', { name: '今天关怀' });
  const carer = await house.person({
    entities: { careItem: { actions: all, fields: { text: 'hidden', subject: 'hidden' } } },
  });
  await admin.create('care-items', {
    subject: '机密的心意',
    text: '机密的话',
    customer: id,
    owner: carer.id,
    occasionOn: today,
  });
  const { raw, body } = await carer.get('/today');
  expect(body.items).toMatchObject([{ kind: 'care', title: '—' }]);
  expect(raw.body).not.toContain('机密');
});

test('a plan whose segment is broken holds no other up', async () => {
  const { id: customer } = await admin.create('customers', { name: '过生日的', owner: admin.id });
  const { id: contact } = await admin.create('contacts', {
    name: '钱多多',
    customer,
    birthday: `1988-${today.slice(5)}`,
  });
  await house.follow();
  const segment = await admin.create('segments', {
    name: '坏的客群',
    entity: 'customer',
    kind: 'live',
    definition: { field: 'city', op: 'eq', value: '杭州市' },
  });
  await admin.create('care-plans', { name: '坏的', occasion: 'birthday', segment: segment.id });
  await admin.create('care-plans', { name: '好的', occasion: 'birthday' });
  await sql`update segment set definition = '{"field": "x_gone", "op": "eq", "value": "甲"}'
    where id = ${segment.id}`.execute(house.services.db);
  const result = await generate(await systemContext(house.services, { kind: 'job' }));
  expect(result.refused).toEqual(['坏的']);
  const filter = encodeURIComponent(JSON.stringify({ field: 'contact', op: 'eq', value: contact }));
  expect((await admin.get(`/care-items?filter=${filter}`)).body.items).toMatchObject([{ occasionOn: today }]);
});

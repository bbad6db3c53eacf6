import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarItems } from '../../platform/agenda/read.ts';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { recording } from '../../platform/testing/statements.ts';
import { dateIn } from '../../platform/time/instant.shared.ts';
import { careCalendar } from './calendar.ts';
import { festivalIn } from './dates/festivals.shared.ts';

let house: TestApp;
let admin: Person;
let seller: Person;
let colleague: Person;
let today: string;
let span: string;

const inDays = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
const rights = (scope: 'self' | 'all', hidden: Record<string, string> = {}) => ({
  entities: Object.fromEntries(
    ['customer', 'contact', 'rememberedFact', 'careItem', 'task'].map((name) => [
      name,
      {
        actions: { read: scope, create: scope },
        ...(hidden[name] ? { fields: { [hidden[name]]: 'hidden' as const } } : {}),
      },
    ]),
  ),
});
const shown = async (who: Person, people = 'me') => {
  const { items } = (await who.get(`/calendar/items?${span}&people=${people}`)).body;
  return items
    .filter(({ kind }: { kind: string }) => kind !== 'customer')
    .map(({ label, title, date }: { label: string; title: string; date: string }) => [label, title, date]);
};

/** A customer with a birthday, a day to remember and something to do, all within the next days. */
async function lifeOf(who: Person, name: string): Promise<void> {
  const { id: customer } = await who.create('customers', { name: `${name}的厂` });
  await who.create('contacts', { name, customer, birthday: `1990-${inDays(3).slice(5)}` });
  await who.create('contacts', {
    name: '走了的人',
    customer,
    birthday: `--${inDays(3).slice(5)}`,
    left: true,
  });
  await who.create('remembered-facts', { text: `${name}结婚`, customer, day: `--${inDays(5).slice(5)}` });
  await who.create('care-items', {
    subject: `祝${name}生日快乐`,
    customer,
    occasion: 'birthday',
    occasionOn: inDays(3),
  });
}

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  today = dateIn('Asia/Shanghai', (await house.context()).now);
  span = `from=${today}&to=${inDays(20)}`;
  seller = await house.person(rights('self'), { name: '赵磊' });
  colleague = await house.person(rights('self'), { name: '钱芳' });
  await lifeOf(seller, '林小月');
  await lifeOf(colleague, '陈大山');
  await house.follow();
});
afterAll(() => house.stop());

const days = (name: string) => [
  ['关怀事项', `祝${name}生日快乐`, inDays(3)],
  ['生日', name, inDays(3)],
  ['纪念日', `${name}结婚`, inDays(5)],
];

describe('the calendar', () => {
  test('has birthdays, days to remember and care to be given of one’s own customers', async () => {
    expect((await shown(seller)).toSorted()).toEqual(days('林小月').toSorted());
  });

  test('has the team’s for whoever sees it, and never more than one sees', async () => {
    const both = [...days('林小月'), ...days('陈大山')].toSorted();
    expect((await shown(admin, 'team')).toSorted()).toEqual(both);
    expect((await shown(admin, `${colleague.id}`)).toSorted()).toEqual(days('陈大山').toSorted());
    expect(await shown(seller, `${colleague.id}`)).toEqual([]);
  });

  test('has birthdays of every year, lunar ones on their day, and what happens once but once', async () => {
    const other = await house.person(rights('self'));
    const { id: customer } = await other.create('customers', { name: '年年厂' });
    await other.create('contacts', { name: '阳历', customer, birthday: '1990-06-18' });
    await other.create('contacts', { name: '阴历', customer, birthday: 'lunar:--05-05' });
    await other.create('remembered-facts', { text: '开业', customer, day: '--06-19' });
    const year = Temporal.PlainDate.from(today).year + 3;
    await other.create('remembered-facts', { text: '搬迁', customer, day: `${year}-06-21`, yearly: false });
    await house.follow();
    const in3 = async (from: string, to: string) =>
      (await other.get(`/calendar/items?from=${from}&to=${to}`)).body.items.filter(
        ({ kind }: { kind: string }) => kind !== 'customer',
      );
    for (const past of [-2, 2, 3]) {
      const at = Temporal.PlainDate.from(today).year + past;
      const found = await in3(`${at}-05-20`, `${at}-06-30`);
      const on = Object.fromEntries(
        found.map(({ title, date }: { title: string; date: string }) => [title, date]),
      );
      expect(on).toEqual({
        阳历: `${at}-06-18`,
        阴历: festivalIn('dragonBoat', at),
        开业: `${at}-06-19`,
        ...(past === 3 ? { 搬迁: `${year}-06-21` } : {}),
      });
    }
    const twice = await in3(`${year}-06-18`, `${year}-06-18`);
    const before = await in3(`${year - 1}-06-18`, `${year - 1}-06-18`);
    expect([twice.length, before.length]).toEqual([1, 1]);
    expect(twice[0].key).not.toBe(before[0].key);
  });

  test('has everybody of one customer', async () => {
    const other = await house.person(rights('self'));
    const { id: customer } = await other.create('customers', { name: '一家厂' });
    for (const [name, ahead] of [
      ['大哥', 4],
      ['二姐', 4],
      ['小弟', 12],
    ] as const)
      await other.create('contacts', { name, customer, birthday: `--${inDays(ahead).slice(5)}` });
    await house.follow();
    expect((await shown(other)).map(([, name, date]: string[]) => [name, date]).toSorted()).toEqual(
      [
        ['大哥', inDays(4)],
        ['二姐', inDays(4)],
        ['小弟', inDays(12)],
      ].toSorted(),
    );
  });

  test('stands with whoever looks after the customer, also when it is given away', async () => {
    const { items } = (await admin.get('/customers?q=陈大山的厂')).body;
    await admin.post(`/customers/${items[0].id}/transfer`, { owner: admin.id });
    await house.follow();
    const mine = (await shown(admin)).map(([label]: string[]) => label);
    expect(mine.toSorted()).toEqual(['生日', '纪念日']);
    await admin.post(`/customers/${items[0].id}/transfer`, { owner: colleague.id });
    await house.follow();
  });

  test.each([
    ['contact', 'nextBirthday', '生日'],
    ['contact', 'left', '生日'],
    ['rememberedFact', 'nextOn', '纪念日'],
    ['careItem', 'occasionOn', '关怀事项'],
    ['customer', 'owner', '生日'],
  ])('tells nothing by a hidden field: %s.%s', async (entity, field, label) => {
    const blind = await house.person(rights('all', { [entity]: field }));
    const labels = (await shown(blind, `${seller.id}`)).map(([kind]: string[]) => kind);
    expect(labels).not.toContain(label);
  });

  test('may not move a birthday, but may move care to another day', async () => {
    const { items } = (await admin.get(`/calendar/items?${span}&people=${seller.id}`)).body;
    const moves = Object.fromEntries(
      items.map(({ kind, move }: { kind: string; move: unknown }) => [kind, move]),
    );
    expect(moves).toMatchObject({
      'calendar.birthday': null,
      'calendar.remembered': null,
      careItem: { date: 'dueDate' },
    });
  });

  test('of forty people asks the database no more often than of one', async () => {
    const people = [seller.id, ...Array.from({ length: 39 }, () => crypto.randomUUID())];
    const asked = async (whose: readonly string[]) => {
      const { ctx, statements } = recording(await house.contextOf(admin), house.services.pool);
      await calendarItems(ctx, careCalendar, { from: today, to: inDays(20), people: whose });
      return statements.length;
    };
    const one = await asked([seller.id]);
    expect(one).toBeGreaterThan(0);
    expect(await asked(people)).toBe(one);
    expect(await asked([seller.id, colleague.id])).toBe(one);
  });
});

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;
beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house?.stop());

const preview = (who: Person, plan: object) => who.post('/care-plans/preview', plan);
const birthday = { occasion: 'birthday', leadDays: 1, text: '{name}，祝您{occasion}快乐！{company}' };

test('a plan whose segment has lost its condition is named to who reads plans, and makes nothing', async () => {
  const definition = { and: [{ field: 'city', op: 'eq', value: '杭州' }] };
  const segment = await admin.create('segments', { name: '杭州', definition });
  const plan = await admin.create('care-plans', { name: '杭州生日', ...birthday, segment: segment.id });
  const broken = async (who: Person) => (await who.get('/care/broken-plans')).body.items;
  expect(await broken(admin)).toEqual([]);
  await sql`update segment set definition = '{"and": [{"field": "x_gone", "op": "eq", "value": "1"}]}'
    where id = ${segment.id}`.execute(house.services.db);
  const reader = await house.person({ entities: { carePlan: { actions: { read: 'all' } } } });
  expect([await broken(admin), await broken(reader)]).toEqual([[plan.id], [plan.id]]);
  expect((await (await house.person({})).get('/care/broken-plans')).status).toBe(403);
  await admin.patch(`/care-plans/${plan.id}`, { active: false });
  expect(await broken(admin)).toEqual([]);
});

test('says who is greeted by another plan that day, as it then comes about', async () => {
  const { id: customer } = await admin.create('customers', { name: '双喜食品', owner: admin.id });
  const festival = { occasion: 'festival', festival: 'midAutumn', text: '{occasion}' };
  await admin.create('contacts', { name: '只过节', customer });
  const { people } = (await preview(admin, festival)).body;
  const day = people[0].on as string;
  await admin.create('contacts', { name: '双重', customer, birthday: `1980-${day.slice(5)}` });
  await house.follow();
  const by = async (plan: object, who = admin) =>
    (await preview(who, plan)).body.people.find(({ name }: { name: string }) => name === '双重')?.by;
  expect(await by(festival)).toBe(null);
  const saved = await admin.create('care-plans', { name: '生日祝福', ...birthday });
  expect([await by(festival), await by({ ...birthday, id: saved.id })]).toEqual(['生日祝福', undefined]);
  // Whoever may not read birthdays is not told of one by who congratulates.
  const blind = await house.person({
    entities: {
      carePlan: { actions: { read: 'all', update: 'all' } },
      customer: { actions: { read: 'all' } },
      contact: { actions: { read: 'all' }, fields: { birthday: 'hidden' } },
    },
  });
  expect(await by(festival, blind)).toBe(null);
  const nobody = await house.person({});
  await admin.patch(`/care-plans/${saved.id}`, { assignee: nobody.id });
  await sql`update "user" set status = 'deactivated' where id = ${nobody.id}`.execute(house.services.db);
  expect(await by(festival)).toBe(null);
  await admin.patch(`/care-plans/${saved.id}`, { active: false });
  expect(await by(festival)).toBe(null);
});

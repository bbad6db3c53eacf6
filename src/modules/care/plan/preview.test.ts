import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { dateIn } from '../../../platform/time/instant.shared.ts';

let house: TestApp;
let admin: Person;
let today: string;
beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  today = dateIn('Asia/Shanghai', (await house.context()).now);
});
afterAll(() => house?.stop());

const inDays = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
const preview = (who: Person, plan: object) => who.post('/care-plans/preview', plan);
const birthday = { occasion: 'birthday', leadDays: 1, text: '{name}，祝您{occasion}快乐！{company}' };

test('shows the next real people with their text, and makes nothing', async () => {
  const { id: customer } = await admin.create('customers', { name: '云帆科技', owner: admin.id });
  await admin.create('contacts', {
    name: '欧阳娜',
    sex: 'female',
    customer,
    birthday: `1990-${inDays(20).slice(5)}`,
  });
  await house.follow();
  const { body } = await preview(admin, birthday);
  expect(body).toMatchObject({
    customers: 1,
    people: [{ name: '欧阳娜', on: inDays(20), text: '欧阳女士，祝您生日快乐！云帆科技' }],
    unknown: [],
  });
  expect(body.people[0].due < inDays(20)).toBe(true);
  expect((await admin.get('/care-items')).body.items).toEqual([]);
  const festival = (await preview(admin, { occasion: 'festival', festival: 'midAutumn', text: '{occasion}' }))
    .body;
  expect(festival.people).toMatchObject([{ name: '欧阳娜', text: '中秋节' }]);
});

test('names what cannot be filled in, and knows whom it is for', async () => {
  expect((await preview(admin, { ...birthday, text: '{phone}' })).body.unknown).toEqual(['phone']);
  expect((await preview(admin, { ...birthday, grades: 'vip' })).body).toMatchObject({
    customers: 0,
    people: [],
  });
});

test('shows nobody out of sight, no birthday one may not read, and is for who writes plans', async () => {
  const plans = { actions: { read: 'all', update: 'all' } } as const;
  const stranger = await house.person({
    entities: {
      carePlan: plans,
      customer: { actions: { read: 'self' } },
      contact: { actions: { read: 'self' } },
    },
  });
  expect((await preview(stranger, birthday)).body).toMatchObject({ customers: 0, people: [] });
  const blind = await house.person({
    entities: {
      carePlan: plans,
      customer: { actions: { read: 'all' } },
      contact: { actions: { read: 'all' }, fields: { birthday: 'hidden' } },
    },
  });
  expect((await preview(blind, birthday)).body).toMatchObject({ customers: 1, people: [] });
  const reader = await house.person({ entities: { carePlan: { actions: { read: 'all' } } } });
  expect((await preview(reader, birthday)).status).toBe(403);
});

test('festivals are said of many at once, audited, and plans leave the others out', async () => {
  const { items } = (await admin.get('/contacts')).body;
  const id = items[0].id;
  const said = await admin.post('/contacts/festivals', {
    ids: [id],
    festivals: ['springFestival', 'newYear'],
  });
  expect(said.body).toEqual({ done: 1 });
  expect((await admin.get(`/care/preferences/contact/${id}`)).body).toEqual({
    off: false,
    festivals: ['newYear', 'springFestival'],
  });
  const festival = { occasion: 'festival', festival: 'midAutumn', text: '' };
  expect((await preview(admin, festival)).body.people).toEqual([]);
  expect((await preview(admin, { ...festival, festival: 'newYear' })).body.people).toHaveLength(1);
  const again = await admin.post('/contacts/festivals', {
    ids: [id],
    festivals: ['newYear', 'springFestival'],
  });
  expect(again.body).toEqual({ done: 0 });
  const { items: entries } = (await admin.get(`/audit?recordId=${id}`)).body;
  expect(entries.filter(({ action }: { action: string }) => action === 'care_preference')).toHaveLength(1);
  const reader = await house.person({ entities: { contact: { actions: { read: 'all' } } } });
  expect((await reader.post('/contacts/festivals', { ids: [id], festivals: null })).status).toBe(403);
});

test('festivals are said of all that a condition finds: of those one may change, however many', async () => {
  const owner = await house.person({
    entities: {
      customer: { actions: { read: 'all', create: 'self', update: 'self' } },
      contact: { actions: { read: 'all', create: 'self', update: 'self' } },
    },
  });
  const { id: mine } = await owner.create('customers', { name: '自己的' });
  const { id: other } = await admin.create('customers', { name: '别人的' });
  const made = await Promise.all(
    Array.from({ length: 3 }, (_, at) => owner.create('contacts', { name: `同名${at}`, customer: mine })),
  );
  const foreign = await admin.create('contacts', { name: '同名外', customer: other });
  const apart = await owner.create('contacts', { name: '例外', customer: mine });
  const filter = { field: 'name', op: 'contains', value: '同名' };
  const festivals = ['midAutumn'];
  const said = await owner.post('/contacts/festivals', { all: true, filter, festivals });
  expect([said.status, said.body]).toEqual([200, { done: 3 }]);
  const kept = async (id: string) =>
    (await admin.get(`/care/preferences/contact/${id}`)).body.festivals as string[] | null;
  expect(await Promise.all(made.map(({ id }) => kept(id)))).toEqual([festivals, festivals, festivals]);
  expect([await kept(foreign.id), await kept(apart.id)]).toEqual([null, null]);
  // None of them is his to change; without a condition it must be said that all are meant.
  const theirs = { and: [filter, { field: 'name', op: 'contains', value: '外' }] };
  expect((await owner.post('/contacts/festivals', { filter: theirs, festivals })).status).toBe(403);
  expect((await owner.post('/contacts/festivals', { festivals })).body.code).toBe('nothing_selected');
  expect((await owner.post('/customers/festivals', { all: true, filter: null, festivals })).body).toEqual({
    done: 1,
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;
let customer: string;
let visit: string;

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
beforeEach(async () => {
  customer = (
    await admin.create('customers', { name: `云鹤${Math.random()}`, latitude: '30.25', longitude: '120.15' })
  ).id;
  visit = (await admin.create('visits', { objective: '看产线', customer, date: '2026-12-01' })).id;
});
afterAll(() => house.stop());

const say = (verb: string, body: object = {}) => admin.post(`/visits/${visit}/${verb}`, body);
const read = async () => (await admin.get(`/visits/${visit}`)).body;
const timeline = async () => (await admin.get(`/customers/${customer}/timeline?category=contact`)).body.items;

const photo = (of: string) => send('customer', of);

async function send(field: string, of: string): Promise<string> {
  const boundary = 'of-the-tests';
  const part = (head: string) => `--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`;
  const payload = Buffer.concat([
    Buffer.from(`${part(`name="${field}"`)}${of}\r\n${part('name="file"; filename="门头.png"')}`),
    PNG,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const answer = await admin.send('POST', '/attachments', payload, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  });
  return answer.body.id;
}

test('put on another day it keeps its hour; the hour decides where both are told', async () => {
  const planned = await admin.create('visits', {
    objective: '看产线',
    customer,
    startsAt: '2026-12-01T01:30:00Z',
    date: '2026-12-05',
  });
  expect(planned).toMatchObject({ date: '2026-12-01', startsAt: '2026-12-01T01:30:00Z' });
  const moved = await admin.patch(`/visits/${planned.id}`, { date: '2026-12-03' });
  expect(moved.body).toMatchObject({ date: '2026-12-03', startsAt: '2026-12-03T01:30:00Z' });
  const free = await admin.patch(`/visits/${planned.id}`, { date: '2026-12-04', startsAt: null });
  expect(free.body).toMatchObject({ date: '2026-12-04', startsAt: null });
});

describe('checking in', () => {
  test('by the device’s place tells how far the customer is', async () => {
    const { body } = await say('check-in', { latitude: 30.251, longitude: 120.15, accuracy: 12.4 });
    expect(body).toMatchObject({ status: 'checkedIn', distance: 111 });
    expect(await read()).toMatchObject({ status: 'checkedIn', located: 'device', distance: 111 });
  });

  test.each<[string, object, string[]]>([
    ['nothing', {}, ['place', 'photo']],
    ['a typed place alone', { place: '园区门口' }, ['photo']],
    ['half a place', { latitude: 30 }, ['place', 'photo']],
  ])('with %s is refused whole', async (_what, body, paths) => {
    const refused = await say('check-in', body);
    expect(refused.body.errors.map((each: { path: string }) => each.path)).toEqual(paths);
    expect(await read()).toMatchObject({ status: 'planned', checkedInAt: null });
  });

  test('without the device’s place takes a typed one with a photo, which must be this customer’s', async () => {
    const other = await admin.create('customers', { name: '别家' });
    const foreign = await say('check-in', { place: '园区门口', photo: await photo(other.id) });
    expect(foreign.body.errors).toMatchObject([{ path: 'photo', code: 'check_in_photo' }]);
    const mine = await photo(customer);
    expect((await say('check-in', { place: '园区门口', photo: mine })).status).toBe(200);
    expect(await read()).toMatchObject({
      located: 'typed',
      place: '园区门口',
      photo: { id: mine },
      distance: null,
    });
  });
});

describe('written down', () => {
  const minutes = {
    minutes: '看了三号线',
    reactions: '满意',
    nextStep: '寄样品',
    nextDate: '2026-12-08',
    tasks: [{ subject: '寄样品', dueDate: '2026-12-03' }],
    promises: [{ what: '周五前报价', dueDate: '2026-12-04' }],
  };

  test('it is one follow-up, with its tasks and promises', async () => {
    await say('check-in', { latitude: 30.25, longitude: 120.15 });
    const { body } = await say('finish', minutes);
    expect(
      (await timeline()).map((each: { kind: string; recordId: string }) => [each.kind, each.recordId]),
    ).toEqual([['visit', body.activity]]);
    expect((await say('finish', minutes)).body.code).toBe('state_refused');
    expect(await timeline()).toHaveLength(1);
    const of = async (plural: string) => (await admin.get(`/${plural}?sort=dueDate`)).body.items;
    const promises = await of('promises');
    expect(promises.at(-1)).toMatchObject({
      what: '周五前报价',
      customer: { id: customer },
      visit: { id: visit },
      activity: { id: body.activity },
    });
    const tasks = (await of('tasks')).filter(
      (task: { customer: { id: string } }) => task.customer?.id === customer,
    );
    expect(tasks.map((task: { subject: string; dueDate: string }) => [task.subject, task.dueDate])).toEqual([
      ['寄样品', '2026-12-03'],
      ['寄样品', '2026-12-08'],
    ]);
  });

  test('what was recorded on the way stands with it, and by itself when it is taken back', async () => {
    const mine = await photo(customer);
    await say('check-in', { place: '园区门口', photo: mine });
    const voice = await send('visit', visit);
    const { body } = await say('finish', minutes);
    const hangsOn = async (id: string) => (await admin.get(`/attachments/${id}`)).body.activity?.id ?? null;
    expect([await hangsOn(mine), await hangsOn(voice)]).toEqual([body.activity, body.activity]);
    await say('reopen');
    expect([await hangsOn(mine), await hangsOn(voice)]).toEqual([null, null]);
  });

  test('with a promise that has no date nothing is written', async () => {
    const refused = await say('finish', { ...minutes, promises: [{ what: '改天' }] });
    expect(refused.body.errors).toMatchObject([{ path: 'promises.0.dueDate', code: 'promise_no_date' }]);
    expect(await timeline()).toEqual([]);
    expect(await read()).toMatchObject({ status: 'planned' });
  });

  test('taken back, the follow-up goes and it can be written anew', async () => {
    await say('finish', minutes);
    expect((await say('reopen')).body).toEqual({ status: 'planned' });
    expect(await timeline()).toEqual([]);
    await say('finish', { minutes: '改过的纪要' });
    expect(await timeline()).toHaveLength(1);
  });
});

test('a day’s visits are put in order by distance, or as told', async () => {
  const seller = await house.person({ administrator: true });
  const at = async (longitude: string) => {
    const who = await seller.create('customers', { name: `沿线${longitude}`, latitude: '30.25', longitude });
    return (await seller.create('visits', { objective: '路过', customer: who.id, date: '2026-12-09' })).id;
  };
  const [far, near, middle] = [await at('120.9'), await at('120.2'), await at('120.5')];
  const from = { latitude: 30.25, longitude: 120.1 };
  const answer = await seller.post('/visits/route', { date: '2026-12-09', from });
  expect(answer.body).toMatchObject({ ids: [near, middle, far], unknown: 0 });
  const told = await seller.post('/visits/route', { date: '2026-12-09', ids: [far] });
  expect(told.body.ids).toEqual([far, near, middle]);
  expect((await seller.get(`/visits/${far}`)).body.routeOrder).toBe(1);
  expect((await seller.post('/visits/route', { date: '2026-12-09', ids: [visit] })).status).toBe(404);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../testing/browser.ts';
import { addPerson, type Company, startCompany } from '../testing/company.ts';
import { createSettingsReader } from './settings.ts';

let company: Company;
let administrator: Browser;

beforeAll(async () => {
  company = await startCompany();
  administrator = await company.administrator();
});
afterAll(() => company?.stop());

test('set-up leaves sensible settings', async () => {
  expect((await administrator.get('/settings')).body).toEqual({
    companyName: '云鹤',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    language: 'zh',
    passwordRules: { minLength: 8, maxAgeDays: 0 },
    businessDays: {
      days: {},
      hours: [
        ['09:00', '12:00'],
        ['13:30', '18:00'],
      ],
    },
    yearBegins: 1,
  });
});

test('the company’s own working days and hours', async () => {
  const businessDays = { days: { '2027-02-06': 'rest' }, hours: [['08:30', '17:30']] };
  expect((await administrator.patch('/settings', { businessDays })).body.businessDays).toEqual(businessDays);
  expect((await administrator.get('/settings')).body.businessDays).toEqual(businessDays);
});

test('what is not named stays', async () => {
  await administrator.patch('/settings', { companyName: '云鹤集团', passwordRules: { maxAgeDays: 180 } });
  const { body } = await administrator.patch('/settings', { passwordRules: { minLength: 10 } });
  expect(body).toMatchObject({
    companyName: '云鹤集团',
    currency: 'CNY',
    passwordRules: { minLength: 10, maxAgeDays: 180 },
  });
});

test.each([
  ['an unknown setting', { colour: 'red' }, 'colour'],
  ['no currency', { currency: '人民币' }, 'currency'],
  ['a month there is not', { yearBegins: 13 }, 'yearBegins'],
  ['no time zone', { timeZone: 'Mars/Base' }, 'timeZone'],
  ['too short passwords', { passwordRules: { minLength: 4 } }, 'passwordRules.minLength'],
  [
    'a day there is not',
    { businessDays: { days: { '2027-02-30': 'rest' }, hours: [['09:00', '17:00']] } },
    'businessDays.days.2027-02-30',
  ],
  [
    'hours that overlap',
    {
      businessDays: {
        days: {},
        hours: [
          ['09:00', '12:00'],
          ['11:00', '17:00'],
        ],
      },
    },
    'businessDays.hours',
  ],
  ['no hours at all', { businessDays: { days: {}, hours: [] } }, 'businessDays.hours'],
  ['an empty name', { companyName: ' ' }, 'companyName'],
])('%s is refused and changes nothing', async (_what, patch, path) => {
  const before = (await administrator.get('/settings')).body;
  const answer = await administrator.patch('/settings', patch);
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  expect((await administrator.get('/settings')).body).toEqual(before);
});

test('the reader for the hot path asks the database rarely', async () => {
  const { read } = createSettingsReader(company.services.db);
  company.statements.length = 0;
  await Promise.all([read(), read(), read()]);
  expect(company.statements.filter((text) => text.includes('setting'))).toHaveLength(1);
});

test('preferences are kept per person and can be forgotten', async () => {
  await addPerson(company, { name: '艾青', username: 'aiqing' }, 'Bamboo*Rain-47');
  const other = company.browser();
  await other.signIn('aiqing', 'Bamboo*Rain-47');
  expect((await administrator.put('/me/preferences/customer.columns', ['name', 'city'])).status).toBe(204);
  expect((await administrator.patch('/me', { preferences: { theme: 'dark' } })).status).toBe(204);
  expect((await administrator.get('/me/preferences')).body).toEqual({
    'customer.columns': ['name', 'city'],
    theme: 'dark',
  });
  expect((await other.get('/me/preferences')).body).toEqual({});
  await administrator.patch('/me', { preferences: { theme: null } });
  expect((await administrator.get('/me/preferences')).body).toEqual({ 'customer.columns': ['name', 'city'] });
  expect((await administrator.put('/me/preferences/huge', ['x'.repeat(70_000)])).status).toBe(413);
});

test('a person changes his own name and language, whatever his rights', async () => {
  const browser = company.browser();
  await browser.signIn('aiqing', 'Bamboo*Rain-47');
  expect((await browser.patch('/me', { name: '艾晴', language: 'en', timeZone: 'Asia/Tokyo' })).status).toBe(
    204,
  );
  expect((await browser.patch('/me', { timeZone: 'Mars/Base' })).body).toMatchObject({
    errors: [
      { path: 'timeZone', code: 'bad_time_zone', message: expect.stringContaining('no such time zone') },
    ],
  });
  expect((await browser.patch('/me', { roles: [] })).status).toBe(422);
});

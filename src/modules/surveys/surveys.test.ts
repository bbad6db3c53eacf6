import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { formToken } from '../../platform/http/form-token.ts';
import { fileOf } from '../../platform/imports/testing/files.ts';
import { MAIL_USER, startMailServer } from '../../platform/mail/testing/smtp.ts';
import { openTable } from '../../platform/tabular/read.ts';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { offLink } from '../care/public.ts';
import { mailWaiting, surveyOff } from './invite/mail.ts';

let house: TestApp;
let boss: Person;
let seller: Person;
let serial = 0;

const all = (...actions: string[]) => ({ actions: Object.fromEntries(actions.map((name) => [name, 'all'])) });
const self = (...actions: string[]) => ({
  actions: Object.fromEntries(actions.map((name) => [name, 'self'])),
});

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  seller = await house.person({
    entities: {
      customer: self('read', 'create', 'update'),
      contact: self('read', 'create', 'update'),
      survey: all('read'),
      surveyAnswer: self('read'),
    },
  });
});
afterAll(() => house?.stop());
beforeEach(async () => {
  await sql`delete from attempt`.execute(house.services.db);
  await sql`delete from care_day`.execute(house.services.db);
});

const QUESTIONS = [
  { text: '会推荐吗', kind: 'nps', textEnglish: 'Would you recommend us?' },
  { text: '为什么不', kind: 'text', onlyAfter: 1, onlyFor: ['0', '1', '2', '3', '4', '5', '6'] },
  {
    text: '看重什么',
    kind: 'multi',
    mandatory: false,
    choices: ['价格', '交期'],
    choicesEnglish: ['Price', 'Delivery'],
  },
];

async function surveyWith(values: object = {}, open = true) {
  const { id } = await boss.create('surveys', { name: `问卷${++serial}`, questions: QUESTIONS, ...values });
  if (open) expect((await boss.post(`/surveys/${id}/surveyOpen`)).status).toBe(200);
  return id;
}
const customerOf = (who: Person = seller) => who.create('customers', { name: `答卷客户${++serial}` });
const rowOf = async (id: string) =>
  (
    await sql<{ key: string; version: number }>`select key, version from survey where id = ${id}`.execute(
      house.services.db,
    )
  ).rows[0] as { key: string; version: number };
const publicKey = async (id: string) => (await rowOf(id)).key;
const linkOf = async (plural: string, id: string, survey: string, who: Person = seller) =>
  new URL((await who.post(`/${plural}/${id}/surveyLink`, { survey })).body.url).pathname.slice(3);
const page = (key: string, query = '', language = 'zh') =>
  house.server.inject({ url: `/q/${key}${query}`, headers: { 'accept-language': language } });
async function answer(survey: string, key: string, fields: object, more: Record<string, string> = {}) {
  const { version } = await rowOf(survey);
  const shown = Temporal.Now.instant().subtract({ seconds: 30 }).toString();
  const token = formToken(house.services.secret, `survey ${survey} ${version}`, shown);
  return house.server.inject({
    method: 'POST',
    url: `/q/${key}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ token, ...fields, ...more }).toString(),
  });
}
const singles = async (survey: string, who: Person = boss, query = '') =>
  (await who.get(`/surveys/${survey}/results/answers${query}`)).body;
const results = async (survey: string, who: Person = boss) =>
  (await who.get(`/surveys/${survey}/results`)).body;
const answersOf = async (survey: string, who: Person = boss) =>
  (
    await who.get(
      `/survey-answers?filter=${encodeURIComponent(JSON.stringify({ field: 'survey', op: 'eq', value: survey }))}`,
    )
  ).body.items;

describe('the page', () => {
  test('asks on a phone in Chinese or English, runs no script and needs nobody signed in', async () => {
    const survey = await surveyWith({ heading: '一<分>钟', headingEnglish: 'One minute' });
    const key = await publicKey(survey);
    const chinese = await page(key);
    expect(chinese.statusCode).toBe(200);
    expect(chinese.headers['content-security-policy']).toContain("default-src 'none'");
    expect(chinese.body).toContain('一&lt;分&gt;钟');
    expect(chinese.body).toContain('会推荐吗');
    expect(chinese.body).not.toContain('<script');
    const english = await page(key, '', 'en-GB');
    expect(english.body).toContain('Would you recommend us?');
    expect(english.body).toContain('One minute');
    expect(english.body).toContain('Delivery');
    expect((await page(key, '?lang=en&from=singlemessage')).body).toContain('Would you recommend us?');
  });

  test.each<[string, object, (id: string) => Promise<unknown>, string]>([
    ['before its day', { opensOn: '2999-01-01' }, async () => 0, '2999-01-01'],
    [
      'after its day',
      {},
      (id) => sql`update survey set closes_on = '2020-01-01' where id = ${id}`.execute(house.services.db),
      '已经结束',
    ],
    ['when it was closed', {}, (id) => boss.post(`/surveys/${id}/surveyClose`), '已经结束'],
  ])('takes nothing %s', async (_when, values, then, words) => {
    const survey = await surveyWith(values);
    await then(survey);
    const key = await publicKey(survey);
    expect((await page(key)).body).toContain(words);
    const sent = await answer(survey, key, { q1: '9' });
    expect([sent.statusCode, sent.body.includes(words)]).toEqual([409, true]);
    expect(await answersOf(survey)).toEqual([]);
  });

  test('is not there for a draft, an unknown address, a forged link or where only personal links count', async () => {
    const draft = await surveyWith({}, false);
    expect((await page(await publicKey(draft))).body).toContain('还没有开始');
    const personal = await surveyWith({ publicLink: false });
    const own = await linkOf('customers', (await customerOf()).id, personal);
    const keys = ['nosuch', await publicKey(personal), `${own.slice(0, -2)}xx`, `${own.split('.')[0]}.`];
    for (const key of keys) expect((await page(key)).statusCode).toBe(404);
    expect((await page(own)).statusCode).toBe(200);
  });

  test('can be looked at by who writes it, and takes nothing then', async () => {
    const survey = await surveyWith({}, false);
    const { previewUrl } = await results(survey);
    const { pathname, search } = new URL(previewUrl);
    const shown = await house.server.inject({ url: pathname + search });
    expect(shown.body).toContain('会推荐吗');
    expect(shown.body).toContain('disabled');
    expect((await answer(survey, pathname.slice(3), { q1: '9' })).statusCode).toBe(409);
  });

  test('tells what is missing and keeps what was filled in', async () => {
    const survey = await surveyWith();
    const back = await answer(survey, await publicKey(survey), { q1: '3', 'q3.1': 'yes' });
    expect(back.statusCode).toBe(422);
    expect(back.body).toContain('请回答这一题');
    expect(back.body).toMatch(/name="q3\.1" value="yes" checked/);
    expect(await answersOf(survey)).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ['fills in what nobody sees', { homepage: 'http://spam.example' }],
    ['has no token of ours', { token: 'a.b.c' }],
  ])('keeps nothing of a machine that %s', async (_what, more) => {
    const survey = await surveyWith();
    await answer(survey, await publicKey(survey), { q1: '9' }, more);
    expect(await answersOf(survey)).toEqual([]);
  });

  test('what is sent twice is there once', async () => {
    const survey = await surveyWith();
    const key = await publicKey(survey);
    const { version } = await rowOf(survey);
    const token = formToken(
      house.services.secret,
      `survey ${survey} ${version}`,
      Temporal.Now.instant().subtract({ seconds: 9 }).toString(),
    );
    await Promise.all([
      answer(survey, key, { q1: '9' }, { token }),
      answer(survey, key, { q1: '9' }, { token }),
    ]);
    expect(await answersOf(survey)).toHaveLength(1);
  });
});

describe('a link of somebody’s own', () => {
  test('puts the answer on his file and tells who looks after him; said again it takes its place', async () => {
    const survey = await surveyWith();
    const customer = (await customerOf()).id;
    const contact = (await seller.create('contacts', { name: '钱工', customer })).id;
    const key = await linkOf('contacts', contact, survey);
    expect(await linkOf('contacts', contact, survey)).toBe(key);
    expect((await answer(survey, key, { q1: '2', q2: '太慢', 'q3.0': 'yes' })).statusCode).toBe(200);
    const [made] = await answersOf(survey, seller);
    expect(made).toMatchObject({
      customer: { id: customer },
      contact: { id: contact },
      score: '2',
      content: '会推荐吗：2\n为什么不：太慢\n看重什么：价格',
    });
    const timeline = (await seller.get(`/customers/${customer}/timeline`)).body.items;
    expect(timeline.some(({ entity }: { entity: string }) => entity === 'surveyAnswer')).toBe(true);
    const told = (await seller.get('/notifications')).body.items;
    expect(told[0]).toMatchObject({ kind: 'survey.answered' });
    expect((await page(key)).body).toMatch(/太慢/);
    await answer(survey, key, { q1: '10' });
    expect(await answersOf(survey)).toMatchObject([{ id: made.id, score: '10', content: '会推荐吗：10' }]);
    await boss.post(`/surveys/${survey}/surveyClose`);
    expect((await answer(survey, key, { q1: '0', q2: '晚了' })).statusCode).toBe(409);
    expect(await answersOf(survey)).toMatchObject([{ score: '10' }]);
  });

  test('two at once are one answer', async () => {
    const survey = await surveyWith();
    const key = await linkOf('customers', (await customerOf()).id, survey);
    await Promise.all(['7', '8', '9'].map((q1) => answer(survey, key, { q1 })));
    expect(await answersOf(survey)).toHaveLength(1);
    expect(await results(survey)).toMatchObject({ invited: 1, back: 1, answers: 1 });
  });

  test('ends with its customer, and goes over to the one he becomes one with', async () => {
    const survey = await surveyWith();
    const [gone, twin, into] = await Promise.all([customerOf(boss), customerOf(boss), customerOf(boss)]);
    const ended = await linkOf('customers', gone.id, survey, boss);
    await boss.delete(`/customers/${gone.id}`);
    expect((await page(ended)).statusCode).toBe(404);
    const key = await linkOf('customers', twin.id, survey, boss);
    expect((await boss.post('/customers/merge', { ids: [twin.id, into.id], into: into.id })).status).toBe(
      200,
    );
    await house.follow();
    await answer(survey, key, { q1: '9' });
    expect(await answersOf(survey)).toMatchObject([{ customer: { id: into.id } }]);
  });

  test('is made by who may change the customer, for a survey that is open', async () => {
    const foreign = (await customerOf(boss)).id;
    const survey = await surveyWith();
    expect((await seller.post(`/customers/${foreign}/surveyLink`, { survey })).status).toBe(404);
    const draft = await surveyWith({}, false);
    const refused = await boss.post(`/customers/${foreign}/surveyLink`, { survey: draft });
    expect([refused.status, refused.body.code]).toEqual([409, 'survey_not_open']);
    const blind = await house.person({ entities: { customer: all('read', 'update') } });
    expect((await blind.post(`/customers/${foreign}/surveyLink`, { survey })).status).toBe(403);
  });
});

describe('an anonymous survey', () => {
  test('keeps nothing by which anybody could be told from an answer', async () => {
    const survey = await surveyWith({ anonymous: true });
    const customers = [];
    for (let at = 0; at < 3; at += 1) customers.push((await customerOf()).id);
    const keys = [];
    for (const id of customers) keys.push(await linkOf('customers', id, survey));
    expect((await page(keys[0] as string)).body).toContain('匿名');
    await answer(survey, keys[0] as string, { q1: '1', q2: '只有我会说的话' });
    expect(await results(survey)).toMatchObject({ answers: 1, back: 1, tooFew: true });
    expect(JSON.stringify(await results(survey))).not.toContain('只有我会说的话');
    expect((await boss.get(`/surveys/${survey}/results/file`)).body.code).toBe('survey_too_few');
    expect(await singles(survey)).toEqual({ items: [], next: null });
    // Once, and not to be changed.
    expect((await page(keys[0] as string)).body).toContain('已经填过');
    expect((await answer(survey, keys[0] as string, { q1: '9' })).statusCode).toBe(409);
    for (const key of keys.slice(1)) await answer(survey, key, { q1: '9' });
    expect(await results(survey)).toMatchObject({ answers: 3, tooFew: false });
    // Each can be looked at, and says nothing but what was said.
    const { items } = await singles(survey);
    const nobody = { answer: null, at: null, customer: null, contact: null };
    expect(items.map(({ said: _, ...who }: { said: unknown }) => who)).toEqual([nobody, nobody, nobody]);
    expect(
      items.map(({ said }: { said: { words: string }[] }) => said.map(({ words }) => words)).sort(),
    ).toEqual([['1', '只有我会说的话'], ['9'], ['9']]);
    // On nobody's file, in no list, in no audit, and nobody is told.
    expect(await answersOf(survey)).toEqual([]);
    expect(JSON.stringify((await boss.get(`/surveys/${survey}/invites`)).body)).not.toMatch(
      /"answered":(true|false)/,
    );
    // In the store no row of a sheet shares a value with one of a link but the survey; no time is kept.
    const { rows: sheets } = await sql`select * from survey_sheet where survey_id = ${survey}`.execute(
      house.services.db,
    );
    const { rows: links } = await sql<
      Record<string, unknown>
    >`select * from survey_invite where survey_id = ${survey}`.execute(house.services.db);
    expect(Object.keys(sheets[0] as object).sort()).toEqual(['day', 'id', 'survey_id']);
    expect(links.map(({ answered_at, answer_id, spent }) => [answered_at, answer_id, spent])).toEqual(
      Array.from({ length: 3 }, () => [null, null, true]),
    );
    const ids = (sheets as { id: string }[]).map(({ id }) => id);
    // Ids of version 7 tell the time; these do not.
    for (const id of ids) expect(id[14]).toBe('4');
    const { rows: traces } = await sql<{ n: number }>`select
        (select count(*)::int from audit_entry where record_id = any(${ids}::uuid[]) or record_id = any(${customers}::uuid[]) and action like '%nswer%')
        + (select count(*)::int from event where record_ids && ${ids}::uuid[]) as n`.execute(
      house.services.db,
    );
    expect(traces[0]?.n).toBe(0);
  });

  test('stays what it was called once it was open, and asks the same of all once somebody has answered', async () => {
    const survey = await surveyWith({ anonymous: true });
    const change = async (values: object) => {
      const { version } = await rowOf(survey);
      return (await boss.send('PATCH', `/surveys/${survey}`, values, { 'if-match': String(version) })).body
        .errors?.[0]?.code;
    };
    expect(await change({ anonymous: false })).toBe('survey_anonymous_stands');
    expect(await change({ questions: QUESTIONS.slice(0, 1) })).toBeUndefined();
    await answer(survey, await publicKey(survey), { q1: '9' });
    expect(await change({ questions: QUESTIONS })).toBe('survey_has_answers');
    expect((await boss.delete(`/surveys/${survey}`)).body.code).toBe('survey_has_answers');
    const { id } = (await boss.post(`/surveys/${survey}/surveyCopy`)).body;
    expect((await boss.get(`/surveys/${id}`)).body).toMatchObject({ status: 'draft', anonymous: true });
  });
});

describe('what it brought', () => {
  test('is counted question by question, each among the customers one sees, and taken out as a table', async () => {
    const survey = await surveyWith();
    const mine = (await customerOf()).id;
    const foreign = (await customerOf(boss)).id;
    await answer(survey, await linkOf('customers', mine, survey), {
      q1: '3',
      q2: '贵',
      'q3.0': 'yes',
      'q3.1': 'yes',
    });
    await answer(survey, await linkOf('customers', foreign, survey, boss), { q1: '9', 'q3.0': 'yes' });
    await answer(survey, await publicKey(survey), { q1: '10' });
    const whole = await results(survey);
    expect(whole).toMatchObject({ invited: 2, back: 2, answers: 3 });
    const [nps, why, what] = whole.questions;
    expect(nps).toMatchObject({ replies: 3, average: '7.33', median: '9.00' });
    expect(nps.counts.filter(({ count }: { count: number }) => count)).toEqual([
      { value: '3', count: 1 },
      { value: '9', count: 1 },
      { value: '10', count: 1 },
    ]);
    expect(why).toMatchObject({ replies: 1, words: ['贵'] });
    expect(what.counts).toEqual([
      { value: '价格', count: 2 },
      { value: '交期', count: 1 },
    ]);
    expect(await results(survey, seller)).toMatchObject({
      invited: 1,
      back: 1,
      answers: 1,
      mayExport: false,
    });
    expect(await singles(survey, seller)).toMatchObject({
      items: [{ customer: { id: mine }, said: [{ words: '3' }, { words: '贵' }, { words: '价格、交期' }] }],
      next: null,
    });
    const first = await singles(survey, boss, '?limit=2');
    expect(first.items.map(({ customer }: { customer: { id: string } }) => customer.id)).toEqual([
      mine,
      foreign,
    ]);
    const rest = await singles(survey, boss, `?limit=2&after=${first.next}`);
    expect(rest).toMatchObject({ items: [{ customer: null, said: [{ words: '10' }] }], next: null });
    expect((await seller.get(`/surveys/${survey}/results/file`)).status).toBe(403);
    expect((await seller.get(`/surveys/${survey}/invites`)).body.items).toMatchObject([
      { customer: { id: mine } },
    ]);
    const file = await boss.get(`/surveys/${survey}/results/file`);
    const table = await openTable(fileOf(file.raw.rawPayload, '结果.xlsx'));
    const rows: string[][] = [];
    for await (const { cells } of table.rows()) rows.push(cells.map(({ text }) => String(text ?? '')));
    expect(rows.map((row) => row.slice(2))).toEqual([
      ['', '3', '贵', '价格、交期'],
      ['', '9', '', '价格'],
      ['', '10', '', ''],
    ]);
  });

  test('leave the house no further than they are seen', async () => {
    const survey = await surveyWith();
    const base = { customer: self('read', 'create', 'update'), survey: all('read') };
    const sees = { read: 'self', export: 'all' } as const;
    const narrow = await house.person({ entities: { ...base, surveyAnswer: { actions: sees } } } as never);
    for (const [who, mark] of [
      [narrow, '9'],
      [boss, '3'],
    ] as const) {
      const { id } = await customerOf(who);
      await answer(survey, await linkOf('customers', id, survey, who), { q1: mark, q2: '贵' });
    }
    const file = await narrow.get(`/surveys/${survey}/results/file`);
    const table = await openTable(fileOf(file.raw.rawPayload, '结果.xlsx'));
    const marks: string[] = [];
    for await (const { cells } of table.rows()) marks.push(String(cells[3]?.text));
    expect(marks).toEqual(['9']);
  });

  test('is hidden with the answers it counts', async () => {
    const survey = await surveyWith();
    await answer(survey, await publicKey(survey), { q1: '9' });
    const base = { customer: all('read'), survey: all('read') };
    const [none, blind] = await Promise.all([
      house.person({ entities: base }),
      house.person({
        entities: { ...base, surveyAnswer: { ...all('read', 'export'), fields: { content: 'hidden' } } },
      }),
    ]);
    for (const who of [none, blind]) {
      expect(await results(survey, who as Person)).toMatchObject({ answers: 0 });
      expect(await singles(survey, who as Person)).toEqual({ items: [], next: null });
      expect((await (who as Person).get(`/surveys/${survey}/results/file`)).status).toBe(403);
    }
    const stranger = await house.person({ entities: { customer: all('read') } });
    for (const path of ['results', 'results/answers'])
      expect((await stranger.get(`/surveys/${survey}/${path}`)).status).toBe(403);
  });
});

test.each<[string, object[], string, string]>([
  [
    'one choice',
    [{ text: '甲', kind: 'single', choices: ['一'] }],
    'questions.0.choices',
    'survey_choices_missing',
  ],
  [
    'a scale that falls',
    [{ text: '甲', kind: 'scale', lowest: 5, highest: 1 }],
    'questions.0.highest',
    'survey_scale',
  ],
  [
    'a scale too long',
    [{ text: '甲', kind: 'scale', lowest: 0, highest: 50 }],
    'questions.0.highest',
    'survey_scale',
  ],
  [
    'one end named',
    [{ text: '甲', kind: 'scale', choices: ['差'] }],
    'questions.0.choices',
    'survey_scale_ends',
  ],
  [
    'a question after a later one',
    [
      { text: '甲', kind: 'text', onlyAfter: 2, onlyFor: ['一'] },
      { text: '乙', kind: 'nps' },
    ],
    'questions.0.onlyAfter',
    'survey_only_after',
  ],
  [
    'an answer that cannot be',
    [
      { text: '甲', kind: 'nps' },
      { text: '乙', kind: 'text', onlyAfter: 1, onlyFor: ['11'] },
    ],
    'questions.1.onlyFor',
    'survey_only_for',
  ],
  [
    'English that does not fit',
    [{ text: '甲', kind: 'single', choices: ['一', '二'], choicesEnglish: ['One'] }],
    'questions.0.choicesEnglish',
    'survey_choices_english',
  ],
])('%s is refused where it stands', async (_what, questions, path, code) => {
  const { body } = await boss.post('/surveys', { name: '不成', questions });
  expect(body.errors).toMatchObject([{ path, code }]);
});

test('mail goes out once, on a day of one’s own, to who wants it and has an address', async () => {
  const days = Object.fromEntries(
    Array.from({ length: 9 }, (_, at) => [
      Temporal.Now.plainDateISO().subtract({ days: 4 }).add({ days: at }).toString(),
      'work',
    ]),
  );
  await sql`insert into setting (key, value) values ('businessDays', ${JSON.stringify({ days, hours: [['00:00', '24:00']] })}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(house.services.db);
  house.services.forgetSettings();
  const survey = await surveyWith({ intro: '请说几句', headingEnglish: 'A word' });
  const customer = (await customerOf()).id;
  const person = (name: string, more: object = {}) =>
    seller
      .create('contacts', { name, customer, email: `${++serial}@kehu.example`, ...more })
      .then(({ id }) => id);
  const [good, taken, off, bare] = await Promise.all([
    person('可'),
    person('占'),
    person('免'),
    person('无', { email: null }),
  ]);
  const ids = [good, taken, off, bare];
  const ask = () => seller.post('/contacts/surveyMail', { ids, survey });
  expect((await ask()).body.code).toBe('mail_not_set_up');
  const server = await startMailServer();
  try {
    await boss.put('/mail/settings', {
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      acceptSelfSigned: false,
      user: MAIL_USER.user,
      password: MAIL_USER.password,
      from: 'crm@yunhe.example',
      fromName: '云鹤',
    });
    await sql`insert into care_day (person_id, day, use, item_id) select ${taken}, (now() at time zone 'Asia/Shanghai')::date, 'sent', ${survey}`.execute(
      house.services.db,
    );
    await sql`insert into care_preference (record_id, off) values (${off}, true)`.execute(house.services.db);
    expect((await ask()).body).toEqual({ done: 4, left: 0 });
    await Promise.all([mailWaiting(house.services), mailWaiting(house.services)]);
    const state = async () =>
      Object.fromEntries(
        (await boss.get(`/surveys/${survey}/invites`)).body.items.map(
          (each: { contact: { id: string }; mail: string; leftBecause: string | null }) => [
            each.contact.id,
            each.leftBecause ?? each.mail,
          ],
        ),
      );
    expect(await state()).toEqual({ [good]: 'sent', [taken]: 'waiting', [off]: 'off', [bare]: 'noMail' });
    const queued = async () =>
      (
        await sql<{
          n: number;
        }>`select count(*)::int as n from mail_message where purpose = 'survey'`.execute(house.services.db)
      ).rows[0]?.n;
    expect(await queued()).toBe(1);
    // Asked again: who has it gets it no more.
    expect((await ask()).body).toMatchObject({ done: 2 });
    await mailWaiting(house.services);
    expect(await queued()).toBe(1);
    await sql`delete from care_day where person_id = ${taken}`.execute(house.services.db);
    await mailWaiting(house.services);
    expect(await queued()).toBe(2);
    const { rows } = await sql<{
      id: string;
    }>`select id from survey_invite where person_id = ${good}`.execute(house.services.db);
    const path = new URL(offLink(house.services, surveyOff, rows[0]?.id as string)).pathname;
    expect((await house.server.inject({ method: 'POST', url: path })).statusCode).toBe(200);
    const next = await surveyWith();
    await seller.post('/contacts/surveyMail', { ids: [good], survey: next });
    await mailWaiting(house.services);
    expect(await queued()).toBe(2);
  } finally {
    await boss.delete('/mail/settings');
    await server.close();
  }
});

test('somebody of no customer has no link, for his answer would stand nowhere', async () => {
  const survey = await surveyWith();
  const { id } = await boss.create('contacts', { name: '散客' });
  const asked = await boss.post(`/contacts/${id}/surveyLink`, { survey });
  expect([asked.status, asked.body.errors]).toMatchObject([422, [{ path: 'customer', code: 'required' }]]);
});

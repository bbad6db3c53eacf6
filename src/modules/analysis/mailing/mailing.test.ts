import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executeJob } from '../../../platform/jobs/execute.ts';
import { addJob, type JobSpec } from '../../../platform/jobs/job.ts';
import { mailJobs } from '../../../platform/mail/send.ts';
import { type MailServer, startMailServer } from '../../../platform/mail/testing/smtp.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { pagesOf } from '../../../platform/testing/pdf.ts';
import { MAIL_JOB } from './behaviour.ts';
import { nextDue } from './due.ts';
import { mailJob } from './send.ts';

describe('the next time', () => {
  test.each([
    ['day', '08:00', '2026-11-23T07:59:00', '2026-11-23T08:00:00'],
    ['day', '08:00', '2026-11-23T08:00:00', '2026-11-24T08:00:00'],
    // A Monday.
    ['week', '08:00', '2026-11-23T07:00:00', '2026-11-23T08:00:00'],
    ['week', '08:00', '2026-11-23T09:00:00', '2026-11-30T08:00:00'],
    ['week', '08:00', '2026-11-25T07:00:00', '2026-11-30T08:00:00'],
    ['month', '00:30', '2026-12-01T00:00:00', '2026-12-01T00:30:00'],
    ['month', '00:30', '2026-12-31T23:00:00', '2027-01-01T00:30:00'],
  ] as const)('%s at %s after %s', (every, time, now, next) => {
    const instant = (local: string) =>
      Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Shanghai').toInstant();
    expect(Temporal.Instant.from(nextDue(every, time, 'Asia/Shanghai', instant(now).toString()))).toEqual(
      instant(next),
    );
  });
});

let house: TestApp;
let mail: MailServer;
let boss: Person;
let seller: Person;
let reader: Person;

const rights = (read: 'self' | 'all', more: object) => ({
  entities: {
    opportunity: { actions: { read, ...more } },
    savedReport: { actions: { read: 'all' } },
  } as const,
});

beforeAll(async () => {
  house = await startTestApp();
  mail = await startMailServer();
  const { administrator } = house;
  const set = await administrator.put('/mail/settings', {
    host: '127.0.0.1',
    port: mail.port,
    security: 'none',
    acceptSelfSigned: false,
    user: '',
    from: 'crm@yunhe.example',
    fromName: '云鹤',
  });
  expect(set.status).toBe(200);
  boss = await house.person(rights('all', { export: 'all' }), { name: '周总' });
  seller = await house.person(rights('self', { export: 'self' }), { name: '赵磊' });
  reader = await house.person(rights('all', {}), { name: '孙悦' });
  for (const [person, email] of [
    [boss, 'zhou@yunhe.example'],
    [seller, 'zhao@yunhe.example'],
    [reader, 'sun@yunhe.example'],
  ] as const)
    await administrator.patch(`/users/${person.id}`, { email });
  for (const [name, owner] of [
    ['甲', seller],
    ['乙', boss],
  ] as const)
    await administrator.create('opportunities', {
      name,
      owner: owner.id,
      amount: { amount: '100', currency: 'CNY' },
    });
});
afterAll(async () => {
  await house.stop();
  await mail.close();
});

const run = async (spec: JobSpec, name: string) => {
  const { rows } = await sql<{ id: string }>`select id from job where name = ${name} and state = 'queued'
    order by id limit 1`.execute(house.services.db);
  if (rows[0]) await executeJob(house.services, spec, rows[0].id, new AbortController().signal);
};

test('each receiver gets what he may take out, once; who may take nothing out gets nothing', async () => {
  const { administrator } = house;
  const query = { entity: 'opportunity', rows: [{ field: 'owner' }], values: [{ fn: 'count' }] };
  const report = await administrator.create('saved-reports', { name: '按人', definition: { query } });
  const made = await administrator.create('report-mailings', {
    name: '每周商机',
    report: report.id,
    receivers: [boss.id, seller.id, reader.id],
  });
  expect(made.nextAt).toMatch(/T00:00:00/);
  // Not yet due: nothing happens.
  await run(mailJob, MAIL_JOB);
  expect(mail.received).toEqual([]);
  const due = '2026-01-05T00:00:00Z';
  const again = async () => {
    await sql`update report_mailing set next_at = ${due} where id = ${made.id}`.execute(house.services.db);
    const id = await addJob(await house.context(), MAIL_JOB, { id: made.id });
    await executeJob(house.services, mailJob, id, new AbortController().signal);
    const send = mailJobs().find(({ name }) => name === 'mail.send') as JobSpec;
    await run(send, 'mail.send');
  };
  await again();
  expect(mail.received.map(({ to }) => [to].flat()[0]?.text).toSorted()).toEqual([
    'zhao@yunhe.example',
    'zhou@yunhe.example',
  ]);
  const textFor = async (name: string) => {
    const found = mail.received.find(({ to }) => [to].flat()[0]?.text.startsWith(name));
    expect(found?.attachments[0]?.filename).toBe('按人.pdf');
    return (await pagesOf(found?.attachments[0]?.content as Buffer)).join('');
  };
  expect(await textFor('zhou')).toContain('赵磊');
  expect(await textFor('zhao')).not.toContain('周总');
  const { body } = await administrator.get(`/report-mailings/${made.id}`);
  expect(Temporal.Instant.compare(body.nextAt, Temporal.Now.instant())).toBe(1);
  // The same time once more, as after a power cut: it has been sent.
  await again();
  expect(mail.received).toHaveLength(2);
});

test('what could not be made is told in the mail, beside what could', async () => {
  const { administrator } = house;
  const query = { entity: 'opportunity', rows: [{ field: 'owner' }], values: [{ fn: 'count' }] };
  const gone = await administrator.create('saved-reports', { name: '会消失', definition: { query } });
  const tile = { width: 6, height: 1 };
  const board = await administrator.create('dashboards', {
    name: '周会',
    tiles: [
      { id: crypto.randomUUID(), source: { query }, title: '还在', ...tile },
      { id: crypto.randomUUID(), source: { saved: gone.id }, title: '不见了', ...tile },
    ],
  });
  const made = await administrator.create('report-mailings', {
    name: '周会数字',
    dashboard: board.id,
    receivers: [administrator.id],
  });
  await administrator.delete(`/saved-reports/${gone.id}`);
  await sql`update report_mailing set next_at = '2026-01-05T00:00:00Z' where id = ${made.id}`.execute(
    house.services.db,
  );
  const before = mail.received.length;
  const id = await addJob(await house.context(), MAIL_JOB, { id: made.id });
  await executeJob(house.services, mailJob, id, new AbortController().signal);
  await run(mailJobs().find(({ name }) => name === 'mail.send') as JobSpec, 'mail.send');
  const sent = mail.received.slice(before);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.attachments).toHaveLength(1);
  expect(sent[0]?.text).toContain('“不见了”这次没有附上');
});

test('a time that is none is refused', async () => {
  const { status, body } = await house.administrator.post('/report-mailings', { name: '错', time: '25:00' });
  expect([status, body.errors[0].path]).toEqual([422, 'time']);
});

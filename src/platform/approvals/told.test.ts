import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personContext } from '../../modules/organisation/public.ts';
import { systemContext } from '../context/services.ts';
import type { JobRun } from '../jobs/job.ts';
import { mailJobs } from '../mail/send.ts';
import { type MailServer, startMailServer } from '../mail/testing/smtp.ts';
import { notificationJobs } from '../notifications/mail.ts';
import { expire } from './decide.ts';
import {
  type ApprovalHouse,
  askedNow,
  sheet,
  startApprovals,
  step,
  submit,
  useFlow,
} from './testing/company.ts';

const RUN: JobRun = {
  job: { id: '', name: '', createdBy: null, entity: null },
  progress: async () => {},
  signal: new AbortController().signal,
};

let house: ApprovalHouse;
let server: MailServer;

beforeAll(async () => {
  [house, server] = await Promise.all([startApprovals(), startMailServer()]);
  await house.administrator.patch(`/users/${house.ann.id}`, { email: 'ann@yunhe.example' });
  await house.administrator.put('/mail/settings', {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    acceptSelfSigned: false,
    user: '',
    from: 'crm@yunhe.example',
    fromName: '云鹤',
  });
});
afterAll(async () => {
  await server?.close();
  await house?.stop();
});

test('whoever is asked is told about what, and led to it, though the record is out of his scope', async () => {
  await useFlow(house, [step('one', [house.ann])]);
  const { customer, ...approval } = await submit(house);
  expect((await house.ann.get(`/customers/${customer}`)).status).toBeGreaterThan(399);
  const [told] = (await house.ann.get('/notifications')).body.items;
  expect(told).toMatchObject({ kind: 'approval.asked', path: `/approvals/${approval.id}` });
  expect(told.text).toContain('云帆0.');
  for (const job of [...notificationJobs(personContext), ...mailJobs()])
    await job.run(house.services, {}, RUN);
  const [mail] = server.received;
  expect(mail?.subject).toContain('云帆0.');
  expect(mail?.text).toContain(`/approvals/${approval.id}\n`);
  expect(mail?.html).toContain(`/approvals/${approval.id}"`);
});

test('a time limit that has passed stands on the sheet no longer, and the next begins its own', async () => {
  const limit = { hours: 1, clock: 'clock', effect: 'handTo', to: house.cid.id } as const;
  await useFlow(house, [step('one', [house.ann], { limit }), step('two', [house.bob], { limit })]);
  const { id } = await submit(house);
  expect((await sheet(house.starter, id)).dueAt).not.toBeNull();
  await sql`update approval set due_at = now() where id = ${id}`.execute(house.services.db);
  expect(await expire(await systemContext(house.services, { kind: 'job' }), id)).toBe(true);
  expect(await askedNow(house, id)).toEqual(['陈曦']);
  expect((await sheet(house.starter, id)).dueAt).toBeNull();
  expect((await house.cid.post(`/approvals/${id}/approve`, {})).status).toBeLessThan(300);
  expect((await sheet(house.starter, id)).dueAt).not.toBeNull();
});

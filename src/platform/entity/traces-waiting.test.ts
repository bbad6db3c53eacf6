import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { step, useFlow } from '../approvals/testing/company.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { exportPath, sweepExports } from '../exports/store.ts';
import { queueMail } from '../mail/queue.ts';
import { unseal } from '../mail/seal.ts';
import { notify } from '../notifications/notify.ts';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { placesOf } from '../testing/places.ts';

// Without jobs: nothing of what waits is sent or swept meanwhile.
let house: TestApp;
let admin: Person;
let ctx: Context;
beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  ctx = await house.context();
});
afterAll(() => house?.stop());

test('what waits to be told, decided or fetched goes with it too', async () => {
  const set = await admin.put('/mail/settings', {
    host: '127.0.0.1',
    port: 9,
    security: 'none',
    acceptSelfSigned: false,
    user: 'crm',
    password: 'crm',
    from: 'crm@yunhe.example',
    fromName: '云鹤',
  });
  expect(set.status).toBeLessThan(300);
  const { id } = await admin.create('customers', { name: '璟琰凤凰有限公司', phone: '13644552211' });
  const other = await admin.create('customers', { name: '旁人公司' });
  const boss = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
  await useFlow(house, [step('主管', [boss])], 'customer.request');
  await useFlow(house, [step('主管', [boss])], 'export');
  const asked = await admin.post('/approvals', {
    subject: 'customer.request',
    record: id,
    input: { matter: '璟琰凤凰有限公司要赊账' },
    comment: '13644552211 已谈过',
  });
  await admin.post(`/approvals/${asked.body.id}/withdraw`, { comment: '璟琰凤凰有限公司不要了' });
  const waits = await admin.post('/exports', {
    entity: 'customer',
    format: 'csv',
    filter: { field: 'name', op: 'contains', value: '璟琰凤凰有限公司' },
  });
  expect(waits.body.approval.status).toBe('running');
  await inTransaction(ctx, (inner) =>
    notify(inner, [
      { to: [boss.id], kind: 'pool.recycled', params: { name: '璟琰凤凰有限公司', pool: '公海' }, key: 'a' },
      {
        to: [boss.id],
        kind: 'pool.warning',
        record: { entity: 'customer', id: other.id },
        params: {},
        key: 'b',
      },
    ]),
  );
  const { rows: told } = await sql<{ id: string; key: string }>`select id, key from notification
    where user_id = ${boss.id} and key in ('a', 'b')`.execute(ctx.db);
  const about = told.map((row) => row.id);
  await sql`update notification set mailed_at = now() where id = any(${about}::uuid[])`.execute(ctx.db);
  for (const [subject, tells] of [
    ['璟琰凤凰有限公司被回收', about],
    ['另一封', [other.id]],
  ] as const)
    await queueMail(ctx, house.services, {
      to: 'boss@yunhe.example',
      purpose: 'notification',
      subject,
      text: subject,
      html: '',
      about: tells,
    });
  const orphan = exportPath(house.services, { id: crypto.randomUUID(), format: 'csv' });
  await mkdir(dirname(orphan), { recursive: true });
  await writeFile(orphan, '璟琰凤凰有限公司');

  await admin.delete(`/customers/${id}`);
  expect((await admin.delete(`/customers/${id}?forever=true`)).status).toBe(204);
  expect(await placesOf(ctx.db, ['璟琰凤凰', '13644552211'])).toEqual([]);
  const { rows: mails } = await sql<{ content: string | null }>`select content from mail_message
    where recipient = 'boss@yunhe.example' and content is not null`.execute(ctx.db);
  expect(mails.map(({ content }) => unseal(house.services.secret, content ?? ''))).toEqual([
    expect.stringContaining('另一封'),
  ]);
  // What else the mail was to tell is told by another.
  const { rows: left } = await sql`select key, mailed_at from notification
    where user_id = ${boss.id} and key in ('a', 'b')`.execute(ctx.db);
  expect(left).toEqual([{ key: 'b', mailed_at: null }]);
  expect((await admin.get(`/exports/${waits.body.id}`)).status).toBe(404);
  expect(await sweepExports(house.services)).toEqual({ removed: 1 });
  expect(existsSync(orphan)).toBe(false);
});

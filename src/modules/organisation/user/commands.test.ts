import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defineEntity } from '../../../platform/entity/define.ts';
import type { Browser } from '../testing/browser.ts';
import {
  ADMINISTRATOR,
  addPerson,
  auditActions,
  type Company,
  roleId,
  startCompany,
} from '../testing/company.ts';

const PASSWORD = 'Bamboo*Rain-47';
const thing = defineEntity({
  name: 'thing',
  plural: 'things',
  module: 'organisation',
  label: { zh: '物', en: 'Thing' },
  title: 'name',
  scope: { kind: 'own' },
  fields: { name: { kind: 'text', required: true, label: { zh: '名', en: 'Name' } } },
});

let company: Company;
let administrator: Browser;
let me: string;

beforeAll(async () => {
  company = await startCompany({ entities: [thing] });
  administrator = await company.administrator();
  const { rows } = await sql<{
    id: string;
  }>`select id from "user" where email = ${ADMINISTRATOR.email}`.execute(company.services.db);
  me = rows[0]!.id;
  await sql`create table thing (id uuid primary key default uuidv7(), version integer not null default 1, name text,
    owner_id uuid, department_id uuid, created_at timestamptz default now(), created_by uuid, updated_at timestamptz default now(),
    updated_by uuid, deleted_at timestamptz, deleted_by uuid)`.execute(company.services.db);
});
afterAll(() => company?.stop());
beforeEach(() => sql`delete from attempt`.execute(company.services.db));

async function signedIn(login: string): Promise<Browser> {
  const browser = company.browser();
  await browser.signIn(login, PASSWORD);
  return browser;
}

describe('deactivating', () => {
  test('ends sessions at once and keeps the door shut until activated', async () => {
    const id = await addPerson(company, { name: '唐宁', username: 'tangning' }, PASSWORD);
    const browser = await signedIn('tangning');
    expect((await administrator.post(`/users/${id}/deactivate`)).status).toBe(204);
    expect((await browser.get('/me/sessions')).status).toBe(401);
    expect((await company.browser().signIn('tangning', PASSWORD)).body.code).toBe('sign_in_failed');
    expect((await administrator.post(`/users/${id}/activate`)).status).toBe(204);
    expect(await browser.state()).toBe('signedOut');
    expect((await signedIn('tangning')).jar.size).toBeGreaterThan(0);
    expect(await auditActions(company, id)).toEqual(expect.arrayContaining(['deactivated', 'activated']));
  });

  test('deleting a person ends sessions too', async () => {
    const id = await addPerson(company, { name: '暂住', username: 'zanzhu' }, PASSWORD);
    const browser = await signedIn('zanzhu');
    expect((await administrator.delete(`/users/${id}`)).status).toBe(204);
    expect(await browser.state()).toBe('signedOut');
    expect((await company.browser().signIn('zanzhu', PASSWORD)).status).toBe(401);
  });

  test('neither oneself nor the last administrator', async () => {
    expect((await administrator.post(`/users/${me}/deactivate`)).body.code).toBe('own_account');
    expect((await administrator.delete(`/users/${me}`)).body.code).toBe('own_account');
    const drop = await administrator.patch(`/users/${me}`, { roles: [] }, { 'if-match': '*' });
    expect(drop.body.code).toBe('last_administrator');
    const role = await administrator.patch(
      `/roles/${await roleId(company, 'administrator')}`,
      { permissions: {} },
      { 'if-match': '*' },
    );
    expect(role.body.code).toBe('last_administrator');
    expect((await administrator.get('/settings')).status).toBe(200);
  });

  test('someone unknown is not found', async () => {
    expect((await administrator.post('/users/0198a000-0000-7000-8000-000000000000/deactivate')).status).toBe(
      404,
    );
  });
});

describe('rights over people', () => {
  test('whoever may edit people cannot make himself or others more than he is', async () => {
    const permissions = {
      entities: {
        user: { actions: { read: 'all', create: 'all', update: 'all' }, commands: ['invite', 'deactivate'] },
      },
    };
    const role = await administrator.post('/roles', { name: '人事', code: 'hr', permissions });
    expect(role.status).toBe(201);
    const id = await addPerson(company, { name: '何欢', username: 'hehuan', role: 'hr' }, PASSWORD);
    const hr = await signedIn('hehuan');
    const created = await hr.post('/users', { name: '新人', username: 'xinren' });
    expect(created.status).toBe(201);
    expect((await hr.post(`/users/${created.body.id}/invite`)).status).toBe(200);
    const admin = await roleId(company, 'administrator');
    expect(
      (await hr.patch(`/users/${id}`, { roles: [admin] }, { 'if-match': '*' })).status,
    ).toBeGreaterThanOrEqual(400);
    expect((await hr.patch(`/users/${created.body.id}`, { roles: [] }, { 'if-match': '*' })).status).toBe(
      200,
    );
    expect((await hr.patch(`/users/${me}`, { roles: [] }, { 'if-match': '*' })).body.code).toBe(
      'field_not_writable',
    );
    expect((await hr.post(`/users/${me}/invite`)).body.code).toBe('administrator_account');
    expect((await hr.post(`/users/${me}/deactivate`)).body.code).toBe('administrator_account');
    for (const change of [
      { email: 'x@yunhe.example' },
      { phone: null },
      { username: 'x' },
      { department: null },
    ]) {
      const answer = await hr.patch(`/users/${me}`, change, { 'if-match': '*' });
      expect(answer.body.code).toBe('field_not_writable');
    }
    expect((await hr.patch(`/users/${me}`, { jobTitle: '总经理' }, { 'if-match': '*' })).status).toBe(200);
    const active = await addPerson(company, { name: '总监', username: 'zongjian' }, PASSWORD);
    expect((await hr.post(`/users/${active}/invite`)).body.code).toBe('administrator_required');
    expect((await administrator.post(`/users/${active}/invite`)).status).toBe(200);
    expect(
      (await hr.post(`/users/${created.body.id}/move`, { department: null, customers: 'keep' })).status,
    ).toBe(403);
  });

  test.each(['salesperson', 'reader', 'manager'])('a %s sees colleagues and changes none', async (role) => {
    await addPerson(company, { name: role, username: `as-${role}`, role }, PASSWORD);
    const browser = await signedIn(`as-${role}`);
    expect((await browser.get(`/users/${me}`)).body.name).toBe(ADMINISTRATOR.name);
    expect((await browser.patch(`/users/${me}`, { name: '改' }, { 'if-match': '*' })).status).toBe(403);
    expect((await browser.post(`/users/${me}/deactivate`)).status).toBe(403);
    expect((await browser.get(`/roles/${await roleId(company, role)}`)).status).toBe(403);
    expect((await browser.get('/settings')).status).toBe(403);
  });

  test('status is changed by commands only', async () => {
    const answer = await administrator.patch(`/users/${me}`, { status: 'waiting' }, { 'if-match': '*' });
    expect(answer.status).toBe(422);
  });
});

describe('moving', () => {
  test('a person leaves his customers or takes them along, as asked', async () => {
    const departments = [];
    for (const name of ['一部', '二部', '三部'])
      departments.push((await administrator.post('/departments', { name })).body.id);
    const [one, two, three] = departments;
    const id = await addPerson(company, { name: '陆遥', username: 'luyao', department: one }, PASSWORD);
    for (const name of ['甲', '乙']) await administrator.post('/things', { name, owner: id });
    const places = async () =>
      (
        await sql<{ department_id: string }>`select department_id from thing order by id`.execute(
          company.services.db,
        )
      ).rows.map((row) => row.department_id);
    expect(await places()).toEqual([one, one]);
    expect(
      (await administrator.post(`/users/${id}/move`, { department: two, customers: 'keep' })).body,
    ).toEqual({ moved: 0 });
    expect(await places()).toEqual([one, one]);
    expect(
      (await administrator.post(`/users/${id}/move`, { department: three, customers: 'move' })).body,
    ).toEqual({ moved: 2 });
    expect(await places()).toEqual([three, three]);
    expect((await administrator.get(`/users/${id}`)).body.department).toMatchObject({
      id: three,
      title: '三部',
    });
  });

  test('needs the answer, and a department that exists', async () => {
    expect((await administrator.post(`/users/${me}/move`, { department: null })).body.errors[0].path).toBe(
      'customers',
    );
    const nowhere = { department: '0198a000-0000-7000-8000-000000000000', customers: 'keep' };
    expect((await administrator.post(`/users/${me}/move`, nowhere)).body.errors[0].path).toBe('department');
  });
});

describe('bad values', () => {
  test.each([
    [{ timeZone: 'Mars/Base' }, 'timeZone', 'bad_time_zone'],
    [{ username: 'a b' }, 'username', 'bad_username'],
    [{ username: 'a@b' }, 'username', 'bad_username'],
    [{ email: 'no mail' }, 'email', 'bad_email'],
    [{ email: ADMINISTRATOR.email.toUpperCase() }, 'email', 'not_unique'],
  ])('%o → %s', async (values, path, code) => {
    expect((await administrator.post('/users', { name: '试', ...values })).body.errors[0]).toMatchObject({
      path,
      code,
    });
  });
});

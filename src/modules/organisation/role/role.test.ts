import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { permissionsSchema } from '../../../platform/access/permissions.ts';
import type { Browser } from '../testing/browser.ts';
import { addPerson, type Company, roleId, startCompany } from '../testing/company.ts';
import { DEFAULT_ROLES } from './defaults.ts';

let company: Company;
let administrator: Browser;

beforeAll(async () => {
  company = await startCompany();
  administrator = await company.administrator();
});
afterAll(() => company?.stop());

describe('the first roles', () => {
  test.each(DEFAULT_ROLES.map(({ code, permissions }) => [code, permissions] as const))(
    '%s can be read as rights',
    (_code, permissions) => {
      expect(permissionsSchema.parse(permissions)).toEqual(permissions);
    },
  );

  test('let finance release an order over the credit that others confirm', () => {
    const order = DEFAULT_ROLES.find(({ code }) => code === 'finance')?.permissions.entities?.order;
    expect(order).toEqual({ actions: { read: 'all' }, commands: ['releaseCredit'] });
  });

  test('exist after set-up, in the company’s language', async () => {
    const { body } = await administrator.get('/roles');
    expect(body.items.map((role: { name: string }) => role.name).sort()).toEqual(
      DEFAULT_ROLES.map(({ name }) => name.zh).sort(),
    );
  });
});

describe('a role', () => {
  test.each([
    [
      'an unknown scope',
      { entities: { customer: { actions: { read: 'everything' } } } },
      'permissions.entities.customer.actions.read',
    ],
    [
      'an unknown action',
      { entities: { customer: { actions: { fly: 'all' } } } },
      'permissions.entities.customer.actions',
    ],
    [
      'an unknown right',
      { entities: { customer: { actions: {}, fields: { phone: 'maybe' } } } },
      'permissions.entities.customer.fields.phone',
    ],
    ['no object', 'all', 'permissions'],
  ])('with %s is refused at its place', async (_what, permissions, path) => {
    const answer = await administrator.post('/roles', { name: '试', permissions });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContainEqual(
      expect.stringContaining(path),
    );
  });

  test('gives its rights as soon as it is changed', async () => {
    const created = await administrator.post('/roles', { name: '前台', code: 'desk', permissions: {} });
    await addPerson(company, { name: '前台', username: 'qiantai', role: 'desk' }, 'Bamboo*Rain-47');
    const desk = company.browser();
    await desk.signIn('qiantai', 'Bamboo*Rain-47');
    expect((await desk.post('/departments', { name: '门厅' })).status).toBe(403);
    const permissions = { entities: { department: { actions: { read: 'all', create: 'all' } } } };
    await administrator.patch(`/roles/${created.body.id}`, { permissions }, { 'if-match': '*' });
    expect((await desk.post('/departments', { name: '门厅' })).status).toBe(201);
  });

  test('in use cannot be deleted', async () => {
    const answer = await administrator.delete(`/roles/${await roleId(company, 'desk')}`);
    expect(answer.body).toMatchObject({ code: 'role_in_use', detail: expect.stringContaining('1') });
    expect((await administrator.delete(`/roles/${await roleId(company, 'reader')}`)).status).toBe(204);
  });
});

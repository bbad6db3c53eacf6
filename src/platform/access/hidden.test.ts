import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

/** What a field one may not see must not tell on other ways than the field itself. */
let house: TestApp;
let admin: Person;
let customer: { id: string };
let contact: { id: string };
const all = { read: 'all', create: 'all', update: 'all', delete: 'all' } as const;
const seeing = (fields: Record<string, 'hidden' | 'masked'>) =>
  house.person({ entities: { customer: { actions: all, fields }, contact: { actions: all } } });

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  customer = await admin.create('customers', { name: '绝密重工', phone: '13812345678' });
  contact = await admin.create('contacts', { name: '王小二', customer: customer.id });
});
afterAll(() => house.stop());

describe.each(['hidden', 'masked'] as const)('a %s name', (right) => {
  let reader: Person;
  beforeAll(async () => {
    reader = await seeing({ name: right });
  });
  const shown = { hidden: '—', masked: '****' }[right];
  const named = encodeURIComponent('王小二');

  test.each([
    ['a record that refers to it', () => `/contacts/${contact.id}`],
    ['a list of them', () => '/contacts'],
    ['the second line of a hit', () => `/search?q=${named}`],
    ['the second line of a choice', () => `/lookup/contact?q=${named}`],
    ['the audit of what refers to it', () => `/audit?recordId=${contact.id}`],
    ['its own audit', () => `/audit?recordId=${customer.id}`],
    ['its timeline', () => `/customers/${customer.id}/timeline`],
  ])('is not told by %s', async (_where, path) => {
    const { status, raw } = await reader.get(path());
    expect(status).toBe(200);
    expect(raw.body).not.toContain('绝密');
    expect((await admin.get(path())).raw.body).toContain('绝密');
  });

  test('is not told by a hit on another field', async () => {
    const { groups } = (await reader.get('/search?q=13812345678')).body;
    expect(groups[0].items[0]).toMatchObject({ id: customer.id, title: shown });
    expect(JSON.stringify(groups)).not.toContain('绝密');
  });

  test('is not told by what an undo leaves', async () => {
    const { undoId } = (
      await reader.post('/customers/mass-update', { ids: [customer.id], set: { city: right } })
    ).body;
    await admin.patch(`/customers/${customer.id}`, { remark: right });
    expect((await reader.post(`/undo/${undoId}`)).body.conflicts).toEqual([
      { id: customer.id, title: shown },
    ]);
  });
});

test('who may see customers’ people but no customers knows of whom they are', async () => {
  const reader = await house.person({ entities: { contact: { actions: all } } });
  expect((await reader.get(`/contacts/${contact.id}`)).body.customer.title).toBe('绝密重工');
});

test('the name of what one may not read at all is not told', async () => {
  const field = { label: '主推产品', kind: 'reference', to: 'product', entity: 'customer', name: 'main' };
  expect((await admin.post('/custom-fields', field)).status).toBe(201);
  const product = await admin.create('products', { name: '新品' });
  await admin.patch(`/customers/${customer.id}`, { x_main: product.id });
  const reader = await seeing({});
  expect((await reader.get(`/customers/${customer.id}`)).body.x_main).toEqual({
    id: product.id,
    title: null,
  });
});

describe('the audit of a record', () => {
  test.each(['hidden', 'masked'] as const)('does not answer guesses at a %s value', async (right) => {
    const reader = await seeing({ phone: right });
    const ask = (query: string) => reader.get(`/audit?recordId=${customer.id}&${query}`);
    expect((await ask('text=138')).body.code).toBe('administrator_required');
    expect((await ask('field=phone')).body.code).toBe('field_not_filterable');
    expect((await ask('field=name')).body.items).not.toHaveLength(0);
  });
});

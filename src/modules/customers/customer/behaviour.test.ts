import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

const create = async (body: object) => (await admin.post('/customers', { name: '云鹤', ...body })).body;
const patch = async (id: string, body: object) => (await admin.patch(`/customers/${id}`, body)).body;

describe('phones', () => {
  test.each<[object, string]>([
    [{ phone: '1.38E+10' }, 'phone'],
    [{ phone: '13812341234/1.3812e10' }, 'phone'],
    [{ otherPhones: ['13812341234', '1.38E+10'] }, 'otherPhones'],
  ])('%j is a spreadsheet’s damage and refused with the reason', async (body, path) => {
    for (const plural of ['customers', 'contacts']) {
      const answer = await admin.post(`/${plural}`, { name: '坏号', ...body });
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toEqual([
        { path, code: 'spreadsheet_damage', message: expect.stringContaining('表格软件') },
      ]);
    }
  });

  test('what only looks unusual is kept as written, with a warning in the caller’s words', async () => {
    const made = await create({ phone: '找门卫老王', otherPhones: ['0571-88886666', '138123'] });
    expect(made.phone).toBe('找门卫老王');
    expect(made.warnings).toEqual([
      { path: 'phone', code: 'unrecognised_phone', message: expect.stringContaining('找门卫老王') },
      { path: 'otherPhones', code: 'unrecognised_phone', message: expect.stringContaining('138123') },
    ]);
    expect((await patch(made.id, { remark: '不相干' })).warnings).toBeUndefined();
    expect((await create({ phone: '138 1234 1234 / 0571-88886666转8' })).warnings).toBeUndefined();
  });

  test('a number already damaged in the file does not stop other changes, a new one does', async () => {
    const made = await create({ phone: '13812341234' });
    expect(await patch(made.id, { phone: '1.38E+10' })).toMatchObject({ status: 422, code: 'invalid' });
    expect(await patch(made.id, { remark: '照常' })).toMatchObject({ phone: '13812341234', remark: '照常' });
  });
});

describe('the tax number', () => {
  test.each<[string, string | undefined]>([
    ['91350100M000100Y43', undefined],
    ['91350100M000100Y44', 'bad_check_digit'],
    ['9135', 'bad_length'],
    ['110105123456789', 'old_tax_number'],
    ['91350100M000100YI3', 'bad_characters'],
  ])('%s is stored, with the warning %s', async (taxNumber, code) => {
    const made = await create({ taxNumber });
    expect(made.taxNumber).toBe(taxNumber);
    expect(made.warnings?.map((warning: { code: string }) => warning.code)).toEqual(code && [code]);
  });
});

describe('completeness', () => {
  test('follows every change, whichever way it comes, and nobody sets it', async () => {
    const made = await create({});
    expect(made.completeness).toBe(25);
    expect(await patch(made.id, { phone: '13812341234' })).toMatchObject({ completeness: 40, version: 2 });
    expect(await patch(made.id, { owner: null })).toMatchObject({ completeness: 30 });
    await admin.post('/customers/mass-update', { ids: [made.id], set: { city: '杭州', industry: 'trade' } });
    expect((await admin.get(`/customers/${made.id}`)).body.completeness).toBe(50);
    expect(await patch(made.id, { kind: 'person' })).toMatchObject({ completeness: 55 });
    expect(await patch(made.id, { completeness: 100 })).toMatchObject({ status: 422 });
  });
});

describe('parent companies', () => {
  test('may not come back to themselves, directly or through others', async () => {
    const group = await create({ name: '集团' });
    const company = await create({ name: '公司', parent: group.id });
    const branch = await create({ name: '分公司', parent: company.id });
    for (const [id, parent] of [
      [group.id, group.id],
      [group.id, company.id],
      [group.id, branch.id],
      [company.id, branch.id],
    ]) {
      const refused = await patch(id, { parent });
      expect(refused).toMatchObject({ status: 422, errors: [{ path: 'parent', code: 'parent_circle' }] });
    }
    expect(await patch(branch.id, { parent: group.id })).toMatchObject({
      parent: { id: group.id, title: '集团' },
    });
    expect(await patch(company.id, { parent: branch.id })).toMatchObject({ parent: { id: branch.id } });
    expect(await patch(branch.id, { parent: null })).toMatchObject({ parent: null });
  });

  test('who may not see the parent sees only that there is one', async () => {
    const group = await create({ name: '看不见的集团' });
    const seller = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
    const company = await create({ name: '子公司', parent: group.id, owner: seller.id });
    const seen = (await seller.get(`/customers/${company.id}`)).body;
    expect(seen.parent).toEqual({ id: group.id, title: null });
  });
});

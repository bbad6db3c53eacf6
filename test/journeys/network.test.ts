import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let engineer: Visit;
let customer: string;
const ENGINEER = { email: 'he@example.cn', password: 'Jishu-2026!' };

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const make = async (plural: string, body: object) =>
    (await admin.api<{ id: string }>('POST', `/${plural}`, body)).id;
  const own = { read: 'self', create: 'self', update: 'self' };
  const role = await make('roles', {
    name: '技术支持',
    permissions: { entities: { customer: { actions: own }, teamMember: { actions: own } } },
  });
  const user = await make('users', { name: '何工', email: ENGINEER.email, roles: [role] });
  const { link } = await admin.api<{ link: string }>('POST', `/users/${user}/invite`, {});
  const token = new URL(link).pathname.split('/').at(-1);
  await journey
    .visit()
    .then((guest) => guest.api('POST', `/invitations/${token}`, { password: ENGINEER.password }));
  engineer = await journey.visit(ENGINEER);
  const group = await make('customers', {
    name: '长江控股集团',
    annualRevenue: { amount: '9000000', currency: 'CNY' },
  });
  customer = await make('customers', { name: '苏州长江电子', parent: group });
  await make('customers', { name: '无锡长江材料', parent: customer });
  const boss = await make('contacts', {
    name: '周总',
    jobTitle: '总经理',
    customer,
    level: 'manager',
    influence: 5,
    attitude: 'neutral',
  });
  const head = await make('contacts', {
    name: '吴主任',
    jobTitle: '设备科主任',
    customer,
    reportsTo: boss,
    level: 'staff',
    decisionRole: 'champion',
    influence: 3,
    attitude: 'support',
  });
  await make('contacts', {
    name: '郑采购',
    customer,
    reportsTo: boss,
    decisionRole: 'buyer',
    attitude: 'against',
  });
  await admin.api('POST', '/activities', { customer, kind: 'visit', content: '看设备', contacts: [head] });
});
afterAll(() => journey?.end());

const box = (name: string) => admin.page.locator('.person-box', { hasText: name });
const warnings = () =>
  admin.page
    .locator('.warnings')
    .textContent()
    .catch(() => '');

describe('the network of a customer', () => {
  it('is drawn with who reports to whom', async () => {
    const { page } = admin;
    await page.goto(`/r/customers/${customer}`);
    await page.getByRole('tab', { name: '关系网' }).click();
    await expect.poll(() => page.locator('.person-box').count()).toBe(3);
    expect(await page.locator('.react-flow__edge').count()).toBe(2);
    const [boss, head] = [await box('周总').boundingBox(), await box('吴主任').boundingBox()];
    expect(boss?.y).toBeLessThan(head?.y ?? 0);
    expect(await seriousIn(page)).toEqual([]);
  });

  it('takes a tie drawn from one person to another, with a step back', async () => {
    const { page } = admin;
    await box('吴主任').locator('.source').hover();
    await page.mouse.down();
    await box('郑采购').locator('.target').hover();
    await page.mouse.up();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('button', { name: /保存|新建/ })
      .last()
      .click();
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(3);
    await page.getByText('列表', { exact: true }).click();
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: '去掉' }).first().click();
    await expect.poll(() => page.locator('.ties li').count()).toBe(0);
    await page.getByRole('button', { name: '撤销' }).click();
    await expect.poll(() => page.locator('.ties li').count()).toBe(2);
  });

  it('warns where nobody above a department is known, until one is', async () => {
    const { page } = admin;
    await expect.poll(warnings).toContain('没有高层关系');
    await page.getByText('关系图', { exact: true }).click();
    await box('周总').click();
    await page.locator('.network-selected').getByRole('combobox', { name: '层级' }).click();
    await page.locator('.ant-select-item-option', { hasText: '老板' }).click();
    await expect.poll(warnings).not.toContain('没有高层关系');
  });
});

describe('the team of a key account', () => {
  it('gives sight of the customer at once, and takes it away', async () => {
    const { page } = admin;
    const sees = async () => (await engineer.api<{ items: unknown[] }>('GET', '/customers')).items.length;
    expect(await sees()).toBe(0);
    const card = page.locator('.team-card');
    await card.getByRole('button', { name: '加成员' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('成员').fill('何工');
    await page.locator('.ant-select-item-option', { hasText: '何工' }).click();
    await dialog
      .getByRole('button', { name: /保存|新建/ })
      .last()
      .click();
    await expect.poll(() => card.textContent()).toContain('何工');
    expect(await sees()).toBe(1);
    await engineer.page.goto('/key-accounts');
    await expect.poll(() => engineer.page.locator('.grid-body').textContent()).toContain('苏州长江电子');
    await card.getByRole('button', { name: '移出何工' }).click();
    await expect.poll(sees).toBe(0);
    await page.getByRole('button', { name: '撤销' }).last().click();
    await expect.poll(sees).toBe(1);
  });
});

it('the group sums up what is below each company', async () => {
  const { page } = admin;
  await page.getByRole('tab', { name: '集团' }).click();
  const rows = page.locator('.group-tree tbody tr');
  await expect.poll(() => rows.count()).toBe(3);
  expect(await rows.first().textContent()).toMatch(/长江控股集团33/);
});

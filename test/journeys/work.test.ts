import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let customer: string;

const today = () => new Date().toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' });

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const made = await admin.api<{ id: string }>('POST', '/customers', {
    name: '杭州海康电子',
    latitude: '30.2084',
    longitude: '120.212',
  });
  customer = made.id;
});
afterAll(() => journey?.end());

const states = async (path: string) =>
  (await admin.api<{ items: { status: string }[] }>('GET', path)).items.map(({ status }) => status);
const lines = () => admin.page.locator('.today-line');

describe('the day', () => {
  it('is the first page, and empty it offers the first step', async () => {
    await admin.page.goto('/');
    await expect.poll(() => admin.page.url()).toContain('/today');
    await expect.poll(() => admin.page.locator('.empty-page').textContent()).toContain('计划拜访');
  });

  it('a task is done by two presses at most, and that can be taken back', async () => {
    await admin.api('POST', '/tasks', { subject: '寄样品', customer, dueDate: today() });
    await admin.page.goto('/today');
    await expect.poll(() => lines().textContent()).toContain('杭州海康电子：寄样品');
    await lines().getByRole('button', { name: '完成' }).click();
    await expect.poll(() => lines().count()).toBe(0);
    await expect.poll(() => states('/tasks')).toEqual(['done']);
    await admin.page.locator('.toast').getByRole('button', { name: '撤销' }).click();
    await expect.poll(() => lines().count()).toBe(1);
  });

  it('goes by keys: j and k choose, d does', async () => {
    await admin.api('POST', '/tasks', { subject: '打电话', customer, dueDate: today() });
    await expect.poll(() => lines().count()).toBe(2);
    await admin.page.locator('h1').focus();
    await admin.page.keyboard.press('j');
    await expect.poll(() => admin.page.locator('.today-line.now').textContent()).toContain('打电话');
    await admin.page.keyboard.press('d');
    await expect.poll(() => lines().count()).toBe(1);
    await expect.poll(() => lines().textContent()).toContain('寄样品');
  });
});

describe('on the road, with a phone', () => {
  it('a visit is planned, checked in by photo where no place is told, written down, and its promise kept', async () => {
    const { page } = admin;
    await page.setViewportSize({ width: 390, height: 844 });
    const visit = await admin.api<{ id: string }>('POST', '/visits', {
      objective: '弄清付款流程',
      customer,
      date: today(),
    });
    await page.goto('/today');
    const line = lines().filter({ hasText: '弄清付款流程' });
    await line.getByRole('button', { name: '签到' }).click();
    await expect.poll(() => page.url()).toContain(`/visit/${visit.id}`);
    // The browser refuses the place: what stands in its stead is said.
    await page.getByRole('button', { name: '签到', exact: true }).click();
    await expect.poll(() => page.getByRole('status').first().textContent()).toContain('定位');
    await page.getByLabel('在哪里').fill('滨江园区南门');
    await page.locator('input[type=file][accept="image/*"]').setInputFiles({
      name: '门头.jpg',
      mimeType: 'image/jpeg',
      buffer: await sharp({ create: { width: 600, height: 400, channels: 3, background: '#28566f' } })
        .jpeg()
        .toBuffer(),
    });
    await page.getByRole('button', { name: '用照片和地点签到' }).click();
    await page.getByLabel('纪要').fill('付款要三人签字');
    await page.getByRole('button', { name: '＋ 承诺' }).click();
    await page.getByLabel('答应了什么').fill('周内给新报价');
    await page.getByLabel('期限').first().fill(today());
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '完成拜访' }).click();
    await expect.poll(() => page.url()).toContain('/today');
    const promised = lines().filter({ hasText: '周内给新报价' });
    await promised.getByRole('button', { name: '标为已兑现' }).click();
    await expect.poll(() => promised.count()).toBe(0);
    await expect.poll(() => states('/promises')).toEqual(['kept']);
  });

  it('the customer’s history shows the visit once, with its photo', async () => {
    const { items } = await admin.api<{ items: { kind: string; title: string }[] }>(
      'GET',
      `/customers/${customer}/timeline?category=contact`,
    );
    expect(items.map(({ kind, title }) => [kind, title])).toEqual([['visit', '弄清付款流程']]);
    await admin.page.goto(`/r/customers/${customer}`);
    await expect.poll(() => admin.page.locator('.timeline .thumbnail').count()).toBe(1);
  });
});

it('a promise is made on the customer’s page by writing it and pressing its day', async () => {
  const { page } = admin;
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/r/customers/${customer}`);
  await page.getByPlaceholder('答应了…').fill('寄合同样本');
  await page.getByRole('button', { name: '一周内' }).click();
  await expect.poll(() => page.locator('.promise-list').textContent()).toContain('寄合同样本');
});

it('a customer is claimed from the pool, visited, promised something, and the promise is kept', async () => {
  const { page, context, api } = admin;
  const { items: people } = await api<{ items: { id: string }[] }>('GET', '/users');
  const pool = await api<{ unit: { id: string } }>('POST', '/pools', {
    name: '华东公海',
    members: people.map(({ id }) => id),
  });
  const { id } = await api<{ id: string }>('POST', '/customers', {
    name: '绍兴轻纺',
    department: pool.unit.id,
    latitude: '30.25',
    longitude: '120.15',
  });
  await page.goto('/pools');
  await page.getByRole('button', { name: '认领绍兴轻纺' }).click();
  await expect
    .poll(async () => (await api<{ owner: { id: string } | null }>('GET', `/customers/${id}`)).owner?.id)
    .toBe(people[0]?.id);

  await page.goto(`/r/customers/${id}`);
  await page.getByRole('button', { name: '计划拜访' }).click();
  const plan = page.getByRole('dialog', { name: /新建拜访/ });
  await plan.getByLabel('目标').fill('看产线');
  await plan.getByLabel('日期').fill(today());
  await page.keyboard.press('Enter');
  await plan.getByRole('button', { name: '保存' }).click();
  await expect.poll(() => plan.count()).toBe(0);

  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: 30.251, longitude: 120.15, accuracy: 10 });
  await page.goto('/today');
  await lines().filter({ hasText: '看产线' }).getByRole('button', { name: '签到' }).click();
  await page.getByRole('button', { name: '签到', exact: true }).click();
  await expect.poll(() => page.locator('main').textContent()).toContain('离客户 111 米');
  await page.getByLabel('纪要').fill('三号线要换轴承');
  await page.getByRole('button', { name: '＋ 承诺' }).click();
  await page.getByLabel('答应了什么').fill('今天发型号表');
  await page.getByLabel('期限').first().fill(today());
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '完成拜访' }).click();
  await expect.poll(() => page.url()).toContain('/today');
  const promised = lines().filter({ hasText: '今天发型号表' });
  await promised.getByRole('button', { name: '标为已兑现' }).click();
  await expect.poll(() => promised.count()).toBe(0);
  const where = encodeURIComponent(JSON.stringify({ field: 'customer', op: 'eq', value: id }));
  await expect.poll(() => states(`/promises?filter=${where}`)).toEqual(['kept']);
  expect(await states(`/visits?filter=${where}`)).toEqual(['done']);
});

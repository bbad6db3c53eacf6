import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let me: string;
const AT = '2026-03-01';

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const { api } = admin;
  me = (await api<{ me: { id: string } }>('GET', '/meta')).me.id;
  const { id: customer } = await api<{ id: string }>('POST', '/customers', { name: '云台机械有限公司' });
  const { id } = await api<{ id: string }>('POST', '/receipts', {
    customer,
    amount: { amount: '900', currency: 'CNY' },
    date: '2026-03-10',
    performer: me,
  });
  await api('POST', `/receipts/${id}/confirm`);
  await api('POST', '/assessment-schemes', {
    name: '销售月度考核',
    definition: {
      indicators: [
        {
          key: 'money',
          name: '回款达成',
          kind: 'computed',
          weight: '100',
          measure: 'receipts',
          formula: '达成率 = 实际 / 目标 * 100\n最小(达成率, 120)',
        },
      ],
    },
  });
});
afterAll(() => journey?.end());

it('month-end performance: targets, attainment, closing, the person’s word', async () => {
  const { page } = admin;
  await page.goto('/targets?measure=receipts&year=2026');
  // Nothing is written yet: nothing to save.
  await expect.poll(() => page.getByRole('button', { name: /^保\s?存$/ }).isDisabled()).toBe(true);
  // A whole year is divided among its months to the last fen, then put right by hand.
  const cell = (name: string) => page.getByRole('textbox', { name: `林晓 ${name}`, exact: true });
  await cell('全年').fill('1万');
  await cell('全年').press('Enter');
  await page.getByRole('row', { name: /林晓/ }).getByRole('button', { name: '拆分' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '填入表格' }).click();
  await expect.poll(() => cell('2026-01').inputValue()).toBe('833.34');
  await cell('2026-03').fill('1000');
  await page.getByRole('button', { name: '保存 13 处' }).click();
  await expect.poll(() => page.getByText('已保存 13 处目标').count()).toBe(1);

  await page.goto(`/performance?measure=receipts&period=month&startsOn=${AT}`);
  const line = page.getByRole('row', { name: /林晓/ });
  await expect.poll(() => line.textContent()).toContain('90%');
  await line.getByRole('button', { name: '900' }).click();
  await expect.poll(() => page.getByRole('dialog').textContent()).toContain('1 条');
  await expect.poll(() => page.getByRole('dialog').getByRole('link').textContent()).toContain('云台机械');

  await page.goto(`/assessments?startsOn=${AT}`);
  await expect.poll(() => page.getByRole('row', { name: /林晓/ }).textContent()).toContain('90');
  await page.getByRole('button', { name: /^锁\s?定$/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^锁\s?定$/ })
    .click();
  await expect.poll(() => page.getByText('你的 2026-03 得分 90').count()).toBe(1);
  await page.getByRole('button', { name: /^确\s?认$/ }).click();
  await expect.poll(() => page.getByRole('row', { name: /林晓/ }).textContent()).toContain('已确认');
  const answer = await page.request.get(
    await page.getByRole('link', { name: '导出 XLSX' }).evaluate((a) => (a as HTMLAnchorElement).href),
  );
  expect(answer.headers()['content-type']).toContain('spreadsheet');
});

/** Somebody who stands above, and decides what waits for him. */
async function superior(): Promise<Visit> {
  const { api } = admin;
  const [email, password] = ['fang@example.cn', 'Tingyu-2026!'];
  const { items } = await api<{ items: { id: string; code: string }[] }>('GET', '/roles');
  const roles = items.filter(({ code }) => code === 'administrator').map(({ id }) => id);
  const { id } = await api<{ id: string }>('POST', '/users', { name: '方总', email, roles });
  const { link } = await api<{ link: string }>('POST', `/users/${id}/invite`, {});
  const token = new URL(link).pathname.split('/').at(-1);
  await journey.visit().then((guest) => guest.api('POST', `/invitations/${token}`, { password }));
  return journey.visit({ email, password });
}

it('a sales plan: a product by month, in force, and what came of it beside it', async () => {
  const { page, api } = admin;
  const chief = await superior();
  const make = (plural: string, body: object) => api<{ id: string }>('POST', `/${plural}`, body);
  const { id: product } = await make('products', { name: '云台减速机' });
  const { id: customer } = await make('customers', { name: '江阴云台机械有限公司' });
  const { id: order } = await make('orders', {
    customer,
    date: '2026-03-12',
    lines: [{ product, quantity: '3', price: '600' }],
  });
  await api('POST', `/orders/${order}/confirm`, {});
  const { id: plan } = await make('sales-plans', { year: '2026' });

  await page.goto(`/plans/${plan}`);
  await page.getByRole('button', { name: '加一行' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('产品', { exact: true }).click();
  await page.locator('.ant-select-item-option', { hasText: '云台减速机' }).click();
  await dialog.getByRole('button', { name: /^好$/ }).click();
  const cell = (name: string) => page.getByRole('textbox', { name: `云台减速机 ${name}`, exact: true });
  // A year is divided among its months; a month put right by hand changes the year.
  await cell('全年').fill('1.2万');
  await cell('全年').press('Enter');
  await expect.poll(() => cell('2026-03').inputValue()).toBe('1000');
  await cell('2026-03').fill('3000');
  await cell('2026-03').press('Enter');
  await expect.poll(() => cell('全年').inputValue()).toBe('14000');
  await page.getByRole('button', { name: /^保\s?存$/ }).click();
  await expect.poll(() => page.getByText('计划已保存，共 1 行').count()).toBe(1);
  await page.getByRole('button', { name: '提交审批' }).click();
  await expect.poll(() => page.getByText('审批中', { exact: true }).count()).toBe(1);
  const { items: waiting } = await chief.api<{ items: { id: string }[] }>('GET', '/approvals?box=todo');
  await chief.api('POST', `/approvals/${waiting[0]?.id}/approve`, {});
  await page.reload();
  // It holds, and nobody writes in it any more.
  await expect.poll(() => page.getByText('执行中', { exact: true }).count()).toBe(1);
  await expect.poll(() => cell('2026-03').count()).toBe(0);

  await page.getByRole('radiogroup', { name: '查看' }).getByText('执行').click();
  await page.getByRole('radiogroup', { name: '期间' }).getByText('全年').click();
  const line = page.getByRole('row', { name: /^云台减速机/ });
  await expect.poll(() => line.textContent()).toMatch(/14,000.*1,800.*12\.9%/);
  await line.getByRole('button', { name: '1,800' }).click();
  await expect
    .poll(() => page.getByRole('dialog').getByRole('link').first().textContent())
    .toContain('江阴云台机械');
});

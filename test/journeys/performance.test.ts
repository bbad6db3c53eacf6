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
  // A whole year is divided among its months to the last fen, then put right by hand.
  const cell = (name: string) => page.getByRole('textbox', { name: `林晓 ${name}`, exact: true });
  await cell('全年').fill('1万');
  await cell('全年').press('Enter');
  await page.getByRole('row', { name: /林晓/ }).getByRole('button', { name: '拆分' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '填入表格' }).click();
  await expect.poll(() => cell('2026-01').inputValue()).toBe('833.34');
  await cell('2026-03').fill('1000');
  await page.getByRole('button', { name: /^保存 13 处/ }).click();
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

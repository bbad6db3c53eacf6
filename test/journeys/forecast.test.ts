import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;

const today = Temporal.Now.zonedDateTimeISO('Asia/Shanghai').toPlainDate();
const lastDay = today.with({ day: today.daysInMonth }).toString();

/** Two deals of this month: one promised, one that may come. */
beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const { id: customer } = await admin.api<{ id: string }>('POST', '/customers', { name: '宁波海潮包装' });
  for (const [name, amount, forecastCategory] of [
    ['海潮产线改造', '120000', 'commit'],
    ['海潮备件年单', '30000', 'best'],
  ])
    await admin.api('POST', '/opportunities', {
      customer,
      name,
      amount: { amount, currency: 'CNY' },
      closeDate: lastDay,
      forecastCategory,
    });
});
afterAll(() => journey?.end());

const region = (name: string) => admin.page.getByRole('region', { name });

describe('manager’s Monday forecast review', () => {
  it('shows what is promised, and opens a person’s business to change it in place', async () => {
    const { page } = admin;
    await page.goto('/forecast');
    await expect.poll(() => region('按类别').textContent()).toContain('承诺¥120,000');
    expect(await seriousIn(page)).toEqual([]);
    await region('明细').getByRole('button', { expanded: false }).first().click();
    await page.getByRole('button', { name: '修改“海潮备件年单”的预测类别' }).click();
    await page
      .getByRole('option', { name: '承诺' })
      .or(page.getByTitle('承诺', { exact: true }))
      .last()
      .click();
    await expect.poll(() => region('按类别').textContent()).toContain('承诺¥150,000');
  });

  it('takes a superior’s word with its reason', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: '判断“海潮产线改造”' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').click();
    await page.getByTitle('不计', { exact: true }).last().click();
    await dialog.getByLabel('理由').fill('预算没有批');
    await dialog.getByRole('button', { name: /保\s*存/ }).click();
    await expect.poll(() => region('按类别').textContent()).toContain('不计¥120,000');
  });

  it('hands in a promise, to be changed until the round closes', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: '提交我的预测' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('承诺金额').fill('45000');
    await dialog.getByRole('button', { name: /提\s*交/ }).click();
    await expect.poll(() => region('提交预测').textContent()).toContain('承诺 ¥45,000');
  });

  it('goes through the team, what moved and what is endangered, and settles a next step on the spot', async () => {
    const { page } = admin;
    await page.getByRole('link', { name: '周一预测会' }).click();
    await expect.poll(() => region('团队').textContent()).toContain('¥45,000');
    await expect.poll(() => region('本期商机的变动').textContent()).toContain('新增（2）¥150,000');
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: '修改“海潮产线改造”的下一步', exact: true }).click();
    const field = page.getByRole('textbox', { name: '下一步' });
    await field.fill('请王总签字');
    await field.press('Enter');
    await expect.poll(() => region('有风险和停滞的商机').textContent()).toContain('请王总签字');
  });

  it('says why there is no model yet, and how well forecasts were is asked of the backtest', async () => {
    const { page } = admin;
    await page.goto('/forecast/backtest');
    await expect.poll(() => region('从哪里学来').textContent()).toContain('还没有学习');
    expect(await seriousIn(page)).toEqual([]);
  });
});

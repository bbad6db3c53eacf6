import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const customer = await admin.api<{ id: string }>('POST', '/customers', { name: '宁波海潮包装' });
  await admin.api('POST', '/opportunities', { customer: customer.id, name: '海潮产线改造' });
});
afterAll(() => journey?.end());

const column = (name: string) => admin.page.getByRole('region', { name });
const cards = (name: string) => column(name).getByRole('article');

describe('the board', () => {
  it('moves a card by its menu, asks for the facts of the stage, and adds up', async () => {
    const { page } = admin;
    await page.goto('/board');
    await expect.poll(() => cards('初步接触').allTextContents()).toHaveLength(1);
    expect(await seriousIn(page)).toEqual([]);
    await cards('初步接触').getByRole('button').click();
    await page.getByRole('menuitem', { name: '移到“方案报价”' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('金额').fill('120000');
    await dialog.getByLabel('成交日（预计）').fill('2026-12-31');
    await dialog.getByLabel('成交日（预计）').press('Enter');
    await dialog.getByRole('button', { name: '移到“方案报价”' }).click();
    await expect.poll(() => cards('方案报价').allTextContents()).toHaveLength(1);
    await expect.poll(() => column('方案报价').textContent()).toContain('加权 ¥60,000');
    await expect.poll(() => cards('初步接触').count()).toBe(0);
  });

  it('shows at once what somebody else moves', async () => {
    const { items } = await admin.api<{ items: { id: string; version: number }[] }>('GET', '/opportunities');
    const { items: stages } = await admin.api<{ items: { id: string; code: string }[] }>('GET', '/stages');
    const won = stages.find(({ code }) => code === 'Won');
    await admin.api('POST', '/opportunities/mass-update', { ids: [items[0]?.id], set: { stage: won?.id } });
    await expect.poll(() => cards('赢单').allTextContents()).toHaveLength(1);
  });

  it('is told on the file, stage by stage', async () => {
    const { page } = admin;
    await cards('赢单').getByRole('link').click();
    await expect
      .poll(() => page.locator('.sales-way li b').allTextContents())
      .toEqual(['初步接触', '方案报价', '赢单']);
  });
});

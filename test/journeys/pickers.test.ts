import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
});
afterAll(() => journey?.end());

const dropdown = (page: Page) => page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');

/** Opens a picker by the keyboard, as a screen reader does. */
async function open(page: Page, label: string) {
  const box = page.getByRole('combobox', { name: label, exact: true });
  await box.focus();
  await box.press('ArrowDown');
  await dropdown(page).waitFor();
  return box;
}

it('an open picker passes axe with choices, while it has none, and when nothing fits', async () => {
  const { page } = admin;
  const customer = await admin.api<{ id: string }>('POST', '/customers', { name: '杭州海康电子' });
  await page.goto(`/r/customers/${customer.id}/edit`);
  for (const label of ['上级公司', '标签', '来源', '规模']) {
    const box = await open(page, label);
    expect(await seriousIn(page), label).toEqual([]);
    await box.press('Escape');
    await dropdown(page).waitFor({ state: 'hidden' });
  }
  for (const label of ['上级公司', '标签']) {
    const box = await open(page, label);
    await box.fill('查无此项');
    const note = dropdown(page).locator('.picker-note');
    await expect.poll(() => note.textContent()).toBe('没有找到');
    expect(await seriousIn(page), `${label}, nothing fits`).toEqual([]);
    expect(await box.getAttribute('aria-activedescendant')).toBe(await note.getAttribute('id'));
    await box.press('Escape');
    await dropdown(page).waitFor({ state: 'hidden' });
  }
});

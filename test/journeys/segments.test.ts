import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
const ids: Record<string, string> = {};

/** 云台 was called three times lately, 天目 once, 莫干 never. */
beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const now = Temporal.Now.instant();
  for (const [name, city, calls] of [
    ['云台机械有限公司', '杭州', 3],
    ['天目餐饮有限公司', '杭州', 1],
    ['莫干物流有限公司', '湖州', 0],
  ] as const) {
    const { id } = await admin.api<{ id: string }>('POST', '/customers', { name, city });
    ids[name.slice(0, 2)] = id;
    for (let call = 0; call < calls; call++)
      await admin.api('POST', '/activities', {
        customer: id,
        kind: 'call',
        content: '谈了一次',
        occurredAt: now.subtract({ hours: 24 * (call + 1) }).toString(),
      });
  }
});
afterAll(() => journey?.end());

const total = () => admin.page.locator('.segment-total b');
/** Chooses in a box by typing what it offers. */
async function choose(box: string, text: string, at = 0) {
  const { page } = admin;
  await page.getByRole('combobox', { name: box }).nth(at).click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}
/** Picks one of few. */
async function pick(box: string, option: string, at = 0) {
  const { page } = admin;
  await page.getByRole('combobox', { name: box }).nth(at).click();
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', {
      hasText: option,
    })
    .first()
    .click();
}

describe('a segment', () => {
  it('is built from a condition on related records, and counts while it is written', async () => {
    const { page } = admin;
    await page.goto('/segments');
    await page.getByRole('button', { name: '新建细分' }).first().click();
    await page.getByRole('textbox', { name: '名称' }).fill('常联系的');
    await choose('字段', '跟进');
    await expect.poll(() => total().textContent()).toBe('2');
    await pick('多少', '按次数');
    await expect.poll(() => total().textContent()).toBe('1');
    await page.locator('.term-where').getByText('＋ 条件', { exact: true }).click();
    await choose('字段', '时间', 1);
    await page.locator('.term-where').getByRole('combobox', { name: '值' }).click();
    await page.keyboard.type('最近 90');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('.segment-preview').textContent())
      .toContain('最近 90 天跟进 ≥ 2 次');
    await expect.poll(() => page.locator('.segment-sample').textContent()).toContain('云台');
    await page.getByRole('button', { name: '保存' }).click();
    await expect.poll(() => page.locator('.segment-card').textContent()).toContain('最近 90 天跟进 ≥ 2 次');
  });

  it('leads to its members, and other lists take it as a condition', async () => {
    const { page } = admin;
    await page.locator('a.segment-size').click();
    await expect
      .poll(() => page.locator('.grid-body .grid-row').allTextContents())
      .toEqual([expect.stringContaining('云台')]);
    await expect.poll(() => page.locator('.chip').textContent()).toContain('属于细分 常联系的');
    await page.locator('.chip button').first().click();
    await page.locator('.pop').getByRole('combobox', { name: '比较' }).click();
    await page.getByTitle('不属于').click();
    await page.getByRole('button', { name: '应用' }).click();
    await expect.poll(() => page.locator('.grid-body .grid-row').count()).toBe(2);
  });

  it('becomes one of what a list shows', async () => {
    const { page } = admin;
    await page.getByText('存为细分').click();
    await page.getByRole('textbox', { name: '名称' }).fill('该联系的');
    await expect.poll(() => total().textContent()).toBe('2');
    await page.getByRole('button', { name: '保存' }).click();
    await expect.poll(() => page.locator('.segment-card').count()).toBe(2);
  });

  it('says on a file why it is in', async () => {
    const { page } = admin;
    await page.goto(`/r/customers/${ids.天目}`);
    await expect.poll(() => page.locator('.segment-in').textContent()).toContain('该联系的');
    await page.getByText('不属于的 1').click();
    await page.locator('.segment-in > li', { hasText: '常联系的' }).getByText('为什么').click();
    await expect
      .poll(() => page.locator('.segment-why').textContent())
      .toContain('✗最近 90 天跟进 ≥ 2 次实际： 1 次');
  });

  it('is frozen, and not deleted while another uses it', async () => {
    const { page } = admin;
    await page.goto('/segments');
    const card = page.locator('.segment-card', { hasText: '常联系的' }).filter({ hasText: '跟进' });
    await card.getByLabel('“常联系的”的操作').click();
    await page.getByRole('menuitem', { name: '冻结为名单' }).click();
    await expect.poll(() => card.textContent()).toContain('冻结名单');
    await card.getByLabel('“常联系的”的操作').click();
    await page.getByRole('menuitem', { name: '删除' }).click();
    await expect.poll(() => page.locator('.toasts').textContent()).toContain('该联系的');
    await expect.poll(() => page.locator('.segment-card').count()).toBe(2);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let customer: string;
let contact: string;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const made = await admin.api<{ id: string }>('POST', '/customers', { name: '杭州海康电子', city: '杭州' });
  customer = made.id;
  contact = (await admin.api<{ id: string }>('POST', '/contacts', { customer, name: '陈芳' })).id;
  await admin.api('POST', '/tags', { name: '重点' });
  const gone = await admin.api<{ id: string }>('POST', '/customers', { name: '已删客户' });
  await admin.api('DELETE', `/customers/${gone.id}`);
});
afterAll(() => journey?.end());

const FILE = [
  '客户名称,联系电话,城市,日期',
  '宁波天天餐饮,13800001237,宁波,3/5/2024',
  ',13800001238,宁波,',
].join('\r\n');

/** Nothing serious on the page as it stands, once what moves has come to rest. */
const clean = async () => expect(await seriousIn(admin.page)).toEqual([]);

/** Leaves a dialog; the first Escape may only close a list of choices in it. */
const leaveDialog = () =>
  expect
    .poll(async () => {
      await admin.page.keyboard.press('Escape');
      return admin.page.getByRole('dialog').filter({ visible: true }).count();
    })
    .toBe(0);

describe('nothing serious for axe', () => {
  it('in the steps of an import', async () => {
    const { page } = admin;
    await page.goto('/import/new?entity=customer');
    await page
      .locator('.drop-zone input[type=file]')
      .setInputFiles({ name: '客户.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
    await page.locator('.map-table tbody tr').first().waitFor();
    await clean();
    await page.getByRole('button', { name: '检查', exact: true }).click();
    await page.locator('.outcome.created').waitFor();
    await clean();
    await page.getByRole('button', { name: '导入 1 行' }).click();
    await page.getByRole('heading', { name: '导入完成' }).waitFor();
    await clean();
    await page.goto('/import');
    await page.locator('tbody tr').first().waitFor();
    await clean();
  });

  it('in the bin, with a row chosen', async () => {
    const { page } = admin;
    await page.goto('/r/customers?bin=true');
    await page.locator('.grid-body .row-check').first().check();
    await page.getByRole('button', { name: '恢复', exact: true }).waitFor();
    await clean();
  });

  it('in the dialogs of a list', async () => {
    const { page } = admin;
    await page.goto('/r/customers');
    for (const name of ['转给…', '打标签', '批量修改', '导出']) {
      await page.locator('.grid-body .row-check').first().check();
      await page.locator('.selection-bar').getByRole('button', { name }).click();
      await page.getByRole('dialog').last().waitFor();
      // These open with what can be chosen.
      if (name === '转给…' || name === '打标签')
        await page.locator('.ant-select-item-option').first().waitFor();
      await clean();
      await leaveDialog();
      await page.keyboard.press('Escape');
    }
  });

  it('on a file while one writes a follow-up', async () => {
    const { page } = admin;
    await page.goto(`/r/customers/${customer}`);
    await page.locator('.follow-up textarea').first().fill('谈了扩产');
    await page.locator('.follow-up').getByText('下次').first().waitFor();
    await clean();
  });

  it.each(['customers', 'contacts'])(
    'in the menu of one of the %s and every dialog it opens',
    async (plural) => {
      const { page } = admin;
      await page.goto(`/r/${plural}/${plural === 'contacts' ? contact : customer}`);
      const more = page
        .locator('.file-head, main')
        .getByRole('button', { name: '更多', exact: true })
        .first();
      await more.click();
      await clean();
      const items = await page.getByRole('menuitem').allTextContents();
      expect(items).toContain('共享…');
      await page.keyboard.press('Escape');
      for (const item of items) {
        await more.click();
        await page.getByRole('menuitem', { name: item, exact: true }).click();
        await page.getByRole('dialog').last().waitFor();
        await clean();
        await leaveDialog();
      }
    },
  );
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { p, row, tbl, word, wordText } from '../../src/platform/papers/testing/word.ts';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let quote: string;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  await admin.api('POST', '/legal-entities', { name: '云杉科技有限公司' });
  const customer = await admin.api('POST', '/customers', { name: '海康电子' });
  const lines = [{ name: '离心水泵', quantity: '2', price: '1000', unit: 'piece' }];
  quote = (await admin.api<{ id: string }>('POST', '/quotes', { customer: customer.id, lines })).id;
});
afterAll(() => journey?.end());

const choose = async (body: string) => {
  const dialog = admin.page.getByRole('dialog', { name: '上传模板' });
  await dialog
    .getByLabel('Word 文件', { exact: false })
    .setInputFiles({ name: '报价.docx', mimeType: 'application/octet-stream', buffer: word(body) });
  await dialog.getByLabel('模板名称').fill('云杉报价');
  await dialog.getByRole('button', { name: '保存' }).click();
  return dialog;
};

describe('a Word template', () => {
  it('with a word nobody knows is refused with its place; mended, it is kept', async () => {
    const { page } = admin;
    await page.goto('/admin/papers');
    const card = page.getByRole('region', { name: '报价单' });
    await card.getByRole('button', { name: '上传模板' }).click();
    const dialog = await choose(p('{客户.星座}'));
    await dialog.getByText('没有“客户.星座”这个占位符', { exact: false }).waitFor();
    await choose(
      p('{我方.名称} 报价给 {客户.名称}') +
        tbl(row('{#明细}{序号}', '{品名}', '{含税金额}{/明细}')) +
        p('{价税合计.大写}'),
    );
    await card.getByText('云杉报价').waitFor();
    expect(await seriousIn(page)).toEqual([]);
  });

  it('prints a quote as Word', async () => {
    const { page } = admin;
    await page.goto(`/r/quotes/${quote}`);
    await page.getByRole('button', { name: '更多' }).first().click();
    await page.getByRole('menuitem', { name: '按 Word 模板打印' }).click();
    const dialog = page.getByRole('dialog', { name: '按 Word 模板打印' });
    const waiting = page.waitForEvent('download');
    await dialog.getByRole('button', { name: '下载 Word' }).click();
    const file = await waiting;
    expect(file.suggestedFilename()).toMatch(/^报价单 BJ-.*\.docx$/);
    expect(wordText(readFileSync(await file.path())).split('\n')).toEqual([
      '云杉科技有限公司 报价给 海康电子',
      '1',
      '离心水泵',
      '¥2,000.00',
      '人民币贰仟元整',
      '',
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let book: string;

const cny = (amount: string) => ({ amount, currency: 'CNY' });

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const make = (plural: string, body: object) => admin.api<{ id: string }>('POST', `/${plural}`, body);
  const pump = await make('products', { name: '离心水泵', code: 'LXB-1', price: cny('100.00') });
  const valve = await make('products', { name: '球阀', code: 'QF-1', price: cny('20.00') });
  await make('products', { name: '法兰', code: 'FL-1', barcode: '6901234567892', price: cny('8.00') });
  await make('products', { name: '接头', attributes: '口径：15，20' });
  book = (await make('price-books', { name: '秋季价格' })).id;
  await make('price-book-entries', { book, product: pump.id, price: cny('95.00') });
  await make('price-book-entries', { book, product: valve.id, price: cny('18.00') });
});
afterAll(() => journey?.end());

const amount = (product: string, field: string) =>
  admin.page.getByLabel(`${product} · ${field}`, { exact: true });
const stored = async () => {
  const { rows } = await admin.api<{ rows: { code: string; price: string; minimumPrice: string | null }[] }>(
    'GET',
    `/price-books/${book}/sheet`,
  );
  return Object.fromEntries(rows.map(({ code, price, minimumPrice }) => [code, [price, minimumPrice]]));
};
/** Pastes as from a spreadsheet into what has the focus. */
const paste = (text: string) =>
  admin.page.evaluate((words) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', words);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);

describe('the grid of a price book', () => {
  it('is typed and pasted into, and saved at once', async () => {
    const { page } = admin;
    await page.goto(`/r/price-books/${book}`);
    await amount('离心水泵', '价格').focus();
    await paste('¥96.00\t90\n17.5\t16');
    await expect.poll(() => amount('球阀', '最低价').inputValue()).toBe('16');
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect.poll(stored).toEqual({ 'LXB-1': ['96.00', '90'], 'QF-1': ['17.5', '16'] });
  });

  it('finds a product as a scanner reads it, with its price', async () => {
    const { page } = admin;
    const picker = page.getByLabel('添加产品');
    await picker.click();
    await picker.pressSequentially('6901234567892');
    await picker.press('Enter');
    await expect.poll(() => amount('法兰', '价格').inputValue()).toBe('8.00');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect.poll(async () => (await stored())['FL-1']).toEqual(['8.00', null]);
  });

  it('takes lines from a spreadsheet, and says which it does not know', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: '从 Excel 粘贴' }).click();
    const dialog = page.getByRole('dialog');
    const lines = dialog.getByRole('textbox', { name: '从 Excel 粘贴' });
    await lines.fill('产品\t价格\nLXB-1\t97\n没有这个\t1');
    await confirmDialog(page);
    await expect.poll(() => dialog.textContent()).toContain('没有找到产品');
    await lines.fill('产品\t价格\nLXB-1\t97');
    await confirmDialog(page);
    await expect.poll(async () => (await stored())['LXB-1']).toEqual(['97', '90']);
    await expect.poll(() => dialog.count()).toBe(0);
  });

  it('changes all by per cent after an example', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: '按百分比调价' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('涨跌（降价写负数）').fill('10');
    await expect.poll(() => dialog.getByRole('status').textContent()).toContain('→');
    await confirmDialog(page);
    await expect.poll(async () => (await stored())['LXB-1']).toEqual(['106.70', '99.00']);
    await expect.poll(() => dialog.count()).toBe(0);
  });

  it('goes on to the next period', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: '复制到新一期' }).click();
    await page.getByRole('dialog').getByLabel('名称').fill('冬季价格');
    await confirmDialog(page);
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toContain('冬季价格');
    await expect.poll(() => amount('离心水泵', '价格').inputValue()).toBe('106.70');
  });
});

it('a main product makes its variants', async () => {
  const { page } = admin;
  const { items } = await admin.api<{ items: { id: string; title: string }[] }>('GET', '/products');
  await page.goto(`/r/products/${items.find(({ title }) => title === '接头')?.id}`);
  await page.getByRole('tab', { name: '规格' }).click();
  await page.getByRole('button', { name: '生成规格' }).click();
  await expect
    .poll(() => page.getByRole('link', { name: /^接头 / }).allTextContents())
    .toEqual(['接头 15', '接头 20']);
});

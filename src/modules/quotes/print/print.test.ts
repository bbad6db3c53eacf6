import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { pagesOf } from '../../../platform/testing/pdf.ts';

let house: TestApp;
let boss: Person;
let customer: { id: string };

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  customer = await boss.create('customers', { name: '杭州云帆科技有限公司' });
});
afterAll(() => house.stop());

const quoted = (lines: object[], more: object = {}) =>
  boss.create('quotes', { customer: customer.id, terms: '款到发货', lines, ...more });
const pump = { name: '离心泵', unit: 'device', quantity: '3', price: '5469.67', discount: '5' };
/** A picture of its own width, by which it is known again. */
const drawn = async (width: number) => {
  const create = { width, height: 60, channels: 3, background: '#c00' } as const;
  return `data:image/png;base64,${(await sharp({ create }).png().toBuffer()).toString('base64')}`;
};
const pictures = async (id: string) =>
  [...(await printed(id)).raw.toString('latin1').matchAll(/\/Subtype \/Image[^>]*?\/Width (\d+)/g)]
    .map(([, width]) => Number(width))
    .sort();
const printed = async (id: string, query = '', who = boss) => {
  const answer = await who.get(`/quotes/${id}/pdf${query}`);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
  return { raw: answer.raw.rawPayload, pages: await pagesOf(answer.raw.rawPayload) };
};

describe('a quote on paper', () => {
  test('says what a Chinese quote says, the amount in capitals', async () => {
    const { id, number } = await quoted([pump], { deduction: '88.56' });
    await boss.post(`/quotes/${id}/submit`, {});
    const text = (await printed(id)).pages.join('');
    for (const part of [
      '报价单',
      number,
      '杭州云帆科技有限公司',
      '离心泵',
      '台',
      '13%',
      '5%',
      '¥15,500.00',
      '款到发货',
    ])
      expect(text).toContain(part);
    expect(text).toContain('人民币壹万伍仟伍佰元整');
    expect(text).toContain('第 1 页 共 1 页');
    expect(text).not.toContain('草稿');
  });

  test('bears the particulars of the house in whose name it is', async () => {
    const other = await boss.create('legal-entities', {
      name: '宁波云杉贸易有限公司',
      usual: false,
      taxNumber: '91330200MA2XXXXX5K',
      address: '宁波市海曙区中山路 1 号',
      phone: '0574-87650000',
      bank: '中国银行宁波分行',
      bankAccount: '3900 1234 5678',
    });
    const { id } = await quoted([pump], { legalEntity: other.id });
    const [text] = (await printed(id)).pages;
    for (const part of ['宁波云杉贸易有限公司', '91330200MA2XXXXX5K', '0574-87650000', '3900 1234 5678'])
      expect(text).toContain(part);
  });

  test('lists what is in a bundle beneath it without prices, or not at all', async () => {
    const part = await boss.create('products', {
      name: '滤芯套件',
      price: { amount: '77.00', currency: 'CNY' },
    });
    const kit = await boss.create('products', {
      name: '保养包',
      bundle: 'fixed',
      price: { amount: '88.80', currency: 'CNY' },
    });
    await boss.create('bundle-parts', { bundle: kit.id, part: part.id, quantity: '3' });
    const { id } = await quoted([{ product: kit.id, quantity: '2' }]);
    const text = (await printed(id)).pages.join('');
    for (const shown of ['保养包', '滤芯套件', '¥177.60', '6']) expect(text).toContain(shown);
    expect(text).not.toContain('29.6');
    expect((await printed(id, '?parts=false')).pages.join('')).not.toContain('滤芯套件');
  });

  test('in English', async () => {
    const { id } = await quoted([pump]);
    const text = (await printed(id, '?language=en')).pages.join('');
    for (const part of ['Quotation', 'DRAFT', 'incl.', 'device', 'Customer: ', 'Page 1 of 1'])
      expect(text).toContain(part);
    expect(text).not.toMatch(/In words|整|圆|元/);
  });

  test('without prices', async () => {
    const { id } = await quoted([pump]);
    const text = (await printed(id, '?prices=false')).pages.join('');
    expect(text).toContain('离心泵');
    expect(text).not.toMatch(/5469|15,|价税合计/);
  });

  test('of many lines goes on with its head on every page', async () => {
    const lines = Array.from({ length: 60 }, (_, at) => ({ ...pump, name: `离心泵 ${at + 1}` }));
    const { id } = await quoted(lines);
    const { pages } = await printed(id);
    expect(pages.length).toBeGreaterThan(1);
    for (const [at, page] of pages.entries()) expect(page).toContain(`第 ${at + 1} 页 共 ${pages.length} 页`);
    expect(pages[1]).toContain('品名');
  });

  test('bears the seal only once it was let through', async () => {
    const image = await drawn(60);
    expect(
      (
        await boss.put('/quote-seal', {
          image: `data:image/png;base64,${Buffer.from('<svg>').toString('base64')}`,
        })
      ).status,
    ).toBe(422);
    expect((await boss.put('/quote-seal', { image })).status).toBe(200);
    const { id } = await quoted([pump]);
    expect(await pictures(id)).toEqual([]);
    await boss.post(`/quotes/${id}/submit`, {});
    expect(await pictures(id)).toEqual([60]);
  });

  test('bears the seal and the logo of the house in whose name it is', async () => {
    const other = await boss.create('legal-entities', { name: '绍兴云杉科技有限公司', usual: false });
    const path = `/legal-entities/${other.id}/pictures`;
    const { id } = await quoted([pump], { legalEntity: other.id });
    await boss.put(`${path}/seal`, { image: await drawn(70) });
    const set = await boss.put(`${path}/logo`, { image: await drawn(80) });
    expect(set.body).toEqual((await boss.get(path)).body);
    expect(await pictures(id)).toEqual([80]);
    await boss.post(`/quotes/${id}/submit`, {});
    expect(await pictures(id)).toEqual([70, 80]);
    for (const use of ['seal', 'logo']) await boss.put(`${path}/${use}`, { image: null });
    expect(await pictures(id)).toEqual([60]);
    expect((await boss.get(path)).body).toEqual({ seal: null, logo: null });
    const { items } = (await boss.get(`/audit?recordId=${other.id}&action=settings_changed`)).body;
    expect(items.map((item: { changes: unknown }) => item.changes).at(-1)).toMatchObject([
      { field: 'seal', label: '公章图片', before: '否', after: '是' },
    ]);
    const clerk = await house.person({
      entities: { legalEntity: { actions: { read: 'all', update: 'all' } } },
    });
    expect((await clerk.get(path)).status).toBe(403);
    expect((await clerk.put(`${path}/seal`, { image: null })).status).toBe(403);
    const svg = `data:image/png;base64,${Buffer.from('<svg>').toString('base64')}`;
    expect((await boss.put(`${path}/seal`, { image: svg })).status).toBe(422);
    expect((await boss.put(`${path}/stamp`, { image: null })).status).toBe(404);
    expect((await boss.get(`/legal-entities/${customer.id}/pictures`)).status).toBe(404);
  });

  test('is for those who see its prices, and writing it down is not forgotten', async () => {
    const { id } = await quoted([pump]);
    const read = { read: 'all' } as const;
    const blind = await house.person({
      entities: {
        customer: { actions: read },
        quote: { actions: read, fields: { total: 'hidden' } },
        quoteLine: { actions: {}, fields: { price: 'hidden', gross: 'hidden' } },
      },
    });
    expect((await blind.get(`/quotes/${id}/pdf`)).status).toBe(403);
    expect((await printed(id, '?prices=false', blind)).pages.join('')).toContain('离心泵');
    const { items } = (await boss.get(`/audit?recordId=${id}&action=export`)).body;
    expect(items).toHaveLength(1);
  });
});

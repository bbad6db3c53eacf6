import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';
import { pagesOf } from '../testing/pdf.ts';
import type { PrintPage } from './page.ts';
import { renderPdf } from './print.ts';

const page = (rows: number, more: Partial<PrintPage> = {}): PrintPage => ({
  title: '客户分级表',
  subtitle: '2026 年第三季度 · 华东区',
  company: '云鹤机电有限公司',
  language: 'zh',
  blocks: [
    { kind: 'facts', facts: [{ label: '客户数', value: '128' }] },
    {
      kind: 'table',
      columns: [
        { label: '客户', weight: 2 },
        { label: '得分', align: 'right' },
        { label: '措施', weight: 3 },
      ],
      rows: Array.from({ length: rows }, (_, at) => [
        `杭州客户${at + 1}号`,
        '86.5',
        '每月拜访一次，由分管领导带队，跟进续约与备件采购事宜',
      ]),
      total: ['合计', String(rows), ''],
    },
  ],
  signatures: [{ label: '编制', name: '林静', date: '2026-10-02' }, { label: '填写' }, { label: '审核' }],
  ...more,
});

test('Chinese text is read back; heads and page numbers stand on every page', async () => {
  const pages = await pagesOf(await renderPdf(page(60)));
  expect(pages.length).toBeGreaterThan(1);
  pages.forEach((text, at) => {
    expect(text).toContain(`第 ${at + 1} 页 共 ${pages.length} 页`);
    expect(text).toContain('云鹤机电有限公司');
    expect(text).toContain('措施');
  });
  expect(pages.join('')).toContain('杭州客户60号');
  expect(pages.at(-1)).toMatch(/合计.*编制：林静.*日期：2026-10-02.*填写：.*审核：/);
});

test('a page holds the characters it needs and no more', async () => {
  expect((await renderPdf(page(3))).length).toBeLessThan(80_000);
});

test.each([
  ['rare characters of names', '𠮷野家镕喆犇'],
  [
    'markup and long words',
    '<b>{{x}}</b> ThisIsAVeryLongWordWithoutAnySpaceThatCannotBeBrokenAnywhereAtAll0123456789',
  ],
])('%s do no harm', async (_name, text) => {
  const [first] = await pagesOf(
    await renderPdf(
      page(1, {
        blocks: [{ kind: 'table', columns: [{ label: '名称' }, { label: '值' }], rows: [[text, text]] }],
      }),
    ),
  );
  expect(first).toContain('客户分级表');
});

test('landscape and English', async () => {
  const pdf = await renderPdf(page(2, { landscape: true, language: 'en', watermark: 'Draft' }));
  const { view } = await (await getDocument({ data: new Uint8Array(pdf) }).promise).getPage(1);
  expect([Math.round(view[2]!), Math.round(view[3]!)]).toEqual([842, 595]);
  expect((await pagesOf(pdf))[0]).toContain('Page 1 of 1');
});

import { afterAll, describe, expect, test } from 'vitest';
import { readAll, refusal, removeTemporaryFiles, row, workbook, zipped } from './fixture.ts';
import { isoToSerial, serialToIso } from './xlsx/serial.ts';
import { StringTable } from './xlsx/shared-strings.ts';
import { readFormat } from './xlsx/styles.ts';

afterAll(removeTemporaryFiles);

const HEADER = row(1, ['名称', '值']);

async function cellOf(xml: string, more: Partial<Parameters<typeof workbook>[0]> = {}) {
  const rows = `${HEADER}<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c>${xml}</row>`;
  return (await readAll(await zipped(workbook({ sheets: [{ rows }], ...more })))).rows[0]?.cells[1];
}

describe('cells', () => {
  test.each([
    ['shared string', '<c r="B2" t="s"><v>1</v></c>', { kind: 'text', text: '乙' }],
    ['rich text without phonetics', '<c r="B2" t="s"><v>2</v></c>', { kind: 'text', text: '海康威视' }],
    [
      'inline rich text',
      '<c r="B2" t="inlineStr"><is><r><t>海</t></r><r><t>康</t></r></is></c>',
      { kind: 'text', text: '海康' },
    ],
    ['escaped control character', '<c r="B2" t="str"><v>a_x000D_b</v></c>', { kind: 'text', text: 'a\rb' }],
    ['number', '<c r="B2"><v>1.2</v></c>', { kind: 'number', text: '1.2', value: '1.2', lossy: false }],
    [
      'binary noise',
      '<c r="B2"><v>0.30000000000000004</v></c>',
      { kind: 'number', text: '0.3', value: '0.3', lossy: false },
    ],
    [
      'phone with exponent',
      '<c r="B2"><v>1.3800138E10</v></c>',
      { kind: 'number', text: '13800138000', value: '13800138000', lossy: false },
    ],
    [
      'tiny number',
      '<c r="B2"><v>1E-7</v></c>',
      { kind: 'number', text: '0.0000001', value: '0.0000001', lossy: false },
    ],
    [
      'identity number that lost digits',
      '<c r="B2"><v>3.10104199001011E+17</v></c>',
      { kind: 'number', text: '310104199001011008', value: '310104199001011008', lossy: true },
    ],
    ['boolean', '<c r="B2" t="b"><v>1</v></c>', { kind: 'bool', text: 'TRUE', value: true }],
    ['error', '<c r="B2" t="e"><v>#REF!</v></c>', { kind: 'error', text: '#REF!', code: 'cell_error' }],
    [
      'formula with result',
      '<c r="B2"><f>1+1</f><v>2</v></c>',
      { kind: 'number', text: '2', value: '2', lossy: false },
    ],
    ['formula with empty text', '<c r="B2" t="str"><f>""</f><v></v></c>', { kind: 'empty', text: '' }],
    [
      'formula never computed',
      '<c r="B2"><f>1+1</f></c>',
      { kind: 'error', text: '=', code: 'formula_uncached' },
    ],
    [
      'ISO date',
      '<c r="B2" t="d"><v>2024-03-05T00:00:00</v></c>',
      { kind: 'date', precision: 'date', value: '2024-03-05', text: '2024-03-05' },
    ],
    ['cell without reference', '<c t="str"><v>y</v></c>', { kind: 'text', text: 'y' }],
    ['prefixed elements', '<x:c r="B2" t="str"><x:v>y</x:v></x:c>', { kind: 'text', text: 'y' }],
  ])('%s', async (_, xml, expected) => {
    const strings = [
      '<si><t>甲</t></si>',
      '<si><t>乙</t></si>',
      '<si><r><t>海康</t></r><r><t>威视</t></r><rPh><t>ハイ</t></rPh></si>',
    ];
    expect(await cellOf(xml, { strings })).toEqual(expected);
  });

  test.each([
    ['yyyy/m/d', '45356', 'date', '2024-03-05'],
    ['yyyy"年"m"月"d"日"', '45356', 'date', '2024-03-05'],
    ['[$-804]yyyy-mm-dd;@', '45356', 'date', '2024-03-05'],
    ['yyyy-mm-dd hh:mm', '45356.604166666664', 'datetime', '2024-03-05T14:30:00'],
    ['yyyy-mm-dd', '45356.604166666664', 'datetime', '2024-03-05T14:30:00'],
    ['h:mm', '0.604166666666667', 'time', '14:30:00'],
  ])('date by format %s', async (format, value, precision, iso) => {
    expect(await cellOf(`<c r="B2" s="0"><v>${value}</v></c>`, { formats: [format] })).toEqual({
      kind: 'date',
      precision,
      value: iso,
      text: iso.replace('T', ' '),
    });
  });

  test('the 1904 epoch', async () => {
    const cell = await cellOf('<c r="B2" s="0"><v>43894</v></c>', {
      formats: ['yyyy-mm-dd'],
      dated1904: true,
    });
    expect(cell).toMatchObject({ value: '2024-03-05' });
  });

  test.each([
    ['0.0%', '0.125', { value: '0.125', text: '12.5%' }],
    ['000000', '10000', { value: '10000', text: '010000' }],
    ['yyyy-mm-dd', '-5', { kind: 'number', value: '-5' }],
    ['yyyy-mm-dd', '60', { kind: 'number', value: '60' }],
  ])('format %s of %s', async (format, value, expected) => {
    expect(await cellOf(`<c r="B2" s="0"><v>${value}</v></c>`, { formats: [format] })).toMatchObject(
      expected,
    );
  });
});

describe('formats', () => {
  test.each([
    ['General', {}],
    ['G/通用格式', {}],
    ['0.00', {}],
    ['#,##0.00;[Red]-#,##0.00', {}],
    ['0.00E+00', {}],
    ['@', {}],
    ['[h]:mm:ss', {}],
    ['"days"0', {}],
    ['￥#,##0', {}],
    ['m/d/yy', { date: 'date' }],
    ['mmm-yy', { date: 'date' }],
    ['d\\-mmm', { date: 'date' }],
    ['h:mm AM/PM', { date: 'time' }],
    ['mm:ss', { date: 'time' }],
    ['上午/下午h"时"mm"分"', { date: 'time' }],
    ['yyyy/m/d h:mm', { date: 'datetime' }],
    ['0%', { percent: true }],
  ])('%s', (code, style) => {
    expect(readFormat(code)).toEqual(style);
  });
});

describe('day numbers', () => {
  test.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [60, undefined],
    [61, '1900-03-01'],
    [45356, '2024-03-05'],
    [2_958_465, '9999-12-31'],
    [2_958_466, undefined],
    [-1, undefined],
    [Number.NaN, undefined],
  ])('%s → %s', (serial, iso) => {
    expect(serialToIso(serial, false)).toBe(iso);
  });

  test('there and back, second by second', () => {
    for (const iso of [
      '1900-03-01T00:00:01',
      '1999-12-31T23:59:59',
      '2024-02-29T12:00:00',
      '9999-12-31T23:59:58',
    ]) {
      expect(serialToIso(isoToSerial(iso) as number, false, 'datetime')).toBe(iso);
    }
    expect(isoToSerial('1900-02-28')).toBeUndefined();
    expect(isoToSerial('2024-13-01')).toBeUndefined();
  });
});

describe('sheets', () => {
  const sheets = [
    { name: '说明', state: 'hidden', rows: row(1, ['a', 'b']) },
    { name: '客户', rows: HEADER + row(5, ['x', 'y']) },
    { name: '其他', rows: row(1, ['甲', '乙']) + row(2, ['1', '2']) },
  ];

  test('the first visible one by default, another by name; rows keep their numbers', async () => {
    const bytes = await zipped(workbook({ sheets }));
    const first = await readAll(bytes);
    expect(first.table).toMatchObject({ sheet: '客户1', sheetNames: ['说明', '客户1', '其他2'] });
    expect(first.table.warnings).toEqual([
      { code: 'sheets_ignored', params: { sheet: '客户1', sheets: '其他2' } },
    ]);
    expect(first.rows.map(({ line }) => line)).toEqual([5]);
    expect((await readAll(bytes, { sheet: '其他2' })).texts).toEqual([['1', '2']]);
    expect(await refusal(bytes, { sheet: '无' })).toMatchObject({
      code: 'sheet_unknown',
      params: { sheet: '无' },
    });
  });

  test('an empty sheet', async () => {
    const bytes = await zipped(workbook({ sheets: [{ rows: '<row r="1"><c r="A1" s="1"/></row>' }] }));
    expect(await refusal(bytes)).toEqual({ code: 'sheet_empty', params: { sheet: '表' } });
  });
});

test('strings past the memory kept go through a temporary file', () => {
  const table = new StringTable(2);
  const texts = Array.from({ length: 300 }, (_, index) => `${index}-${'海'.repeat(8000)}`);
  for (const text of texts) table.add(text);
  expect([299, 0, 150, 1, 298, 42].map((index) => table.get(index) === texts[index])).not.toContain(false);
  expect([table.get(300), table.get(-1), table.get(0.5), table.get(Number.NaN)]).toEqual(
    Array(4).fill(undefined),
  );
  table.close();
});

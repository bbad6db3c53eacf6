import { createWriteStream } from 'node:fs';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readAll, removeTemporaryFiles, temporaryFile } from './fixture.ts';
import { guardText, unguardText } from './guard.ts';
import { openTable } from './read.ts';
import type { TableFormat } from './table.ts';
import { writeTable } from './write.ts';
import type { CellValue, Column } from './write-types.ts';
import { sheetName } from './xlsx/write-parts.ts';

afterAll(removeTemporaryFiles);

async function written(format: TableFormat, columns: Column[], rows: CellValue[][]): Promise<Buffer> {
  const out = new PassThrough();
  const [bytes] = await Promise.all([buffer(out), writeTable(out, format, columns, rows, '客户')]);
  return bytes;
}

const TEXTS = [
  '=1+1',
  "'=1+1",
  "''+x",
  '+8613800138000',
  '-5',
  '-a',
  '@x',
  '13800138000',
  '310104199001011234',
  '007',
  '1E5',
  '3-5',
  '12:30',
  '2024/3/5',
  '="13800138000"',
  '"',
  'a,b',
  'a;b',
  'line\nbreak',
  'line\r\nbreak',
  '\tx',
  ' x',
  "'",
  "O'Neill",
  '＝1',
  '_x000D_',
  'a_x0041_b',
  '\u0007',
  '𠀀㐀',
  '<&>',
  '海康\u00a0威视',
  'TRUE',
  '#REF!',
  'x'.repeat(32_767),
];

describe.each(['csv', 'xlsx'] as const)('%s', (format) => {
  const columns: Column[] = [
    { header: '编号', kind: 'number' },
    { header: '文本', kind: 'text' },
  ];

  test('every text comes back as it was', async () => {
    const bytes = await written(
      format,
      columns,
      TEXTS.map((text, index) => [String(index), text]),
    );
    const { rows } = await readAll(bytes);
    expect(rows.map(({ cells }) => cells[1]?.text)).toEqual(TEXTS);
  });

  test('any text comes back as it was', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'=+-@\'"\t\r\n,;_x0D1 海'.split('')) }),
    );
    // The database holds no NUL, and blank text is no value.
    const filled = text.filter((value) => value.trim() !== '' && !value.includes('\0'));
    await fc.assert(
      fc.asyncProperty(fc.array(filled, { minLength: 1, maxLength: 20 }), async (texts) => {
        const bytes = await written(
          format,
          columns,
          texts.map((value) => ['1', value]),
        );
        const { rows } = await readAll(bytes);
        expect(rows.map(({ cells }) => cells[1]?.text)).toEqual(texts.map((value) => value.toWellFormed()));
      }),
      { numRuns: 60 },
    );
  });

  test('numbers, dates, booleans and gaps', async () => {
    const typed: Column[] = [
      { header: '金额', kind: 'number' },
      { header: '日期', kind: 'date' },
      { header: '时间', kind: 'datetime' },
      { header: '有效', kind: 'bool' },
      { header: '备注', kind: 'text' },
    ];
    const rows: CellValue[][] = [
      ['1200.50', '2024-03-05', '2024-03-05T14:30:00', true, null],
      ['-0.05', '1899-01-01', null, false, 'x'],
      ['123456789012345678.90', null, '2024-12-31T23:59:59', null, null],
      ['123456789012', null, null, null, ''],
    ];
    const { texts } = await readAll(await written(format, typed, rows));
    expect(texts).toEqual([
      [format === 'csv' ? '1200.50' : '1200.5', '2024-03-05', '2024-03-05 14:30:00', 'TRUE', ''],
      ['-0.05', '1899-01-01', '', 'FALSE', 'x'],
      ['123456789012345678.90', '', '2024-12-31 23:59:59', '', ''],
      ['123456789012', '', '', '', ''],
    ]);
  });

  test('50,000 rows pass while the reader of the stream is slow', async () => {
    let made = 0;
    function* many(): Generator<CellValue[]> {
      while (made < 50_000) yield [String(made++), `客户${made}`];
    }
    const path = temporaryFile('');
    expect(await writeTable(createWriteStream(path), format, columns, many())).toEqual({
      rows: 50_000,
      cutCells: 0,
    });
    const table = await openTable(path);
    let count = 0;
    for await (const row of table.rows()) expect(row.line).toBe(++count + 1);
    expect(count).toBe(50_000);
    await table.close();
  });
});

test('CSV as Excel wants it: mark, CRLF, digits as text, formulas as text', async () => {
  const columns: Column[] = [
    { header: '客户', kind: 'text' },
    { header: '电话', kind: 'text' },
  ];
  const bytes = await written('csv', columns, [
    ['=cmd|x', '13800138000'],
    ['a"b', null],
  ]);
  expect(bytes.toString()).toBe('\ufeff客户,电话\r\n\'=cmd|x,"=""13800138000"""\r\n"a""b",\r\n');
});

test('what a spreadsheet saved from our CSV is read without the guards', async () => {
  const { texts } = await readAll('名称,电话\n\'=1+1,13800138000\n\'ordinary,"=""0571"""\n');
  expect(texts).toEqual([
    ['=1+1', '13800138000'],
    ["'ordinary", '0571'],
  ]);
});

test('guards are undone exactly, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'=+-@\'"\t\r\n10E.海'.split('')) }), (text) => {
      expect(unguardText(guardText(text))).toBe(text);
    }),
  );
});

test('long text is cut in a worksheet and counted, an error of the source ends the stream', async () => {
  const columns: Column[] = [
    { header: '甲', kind: 'text' },
    { header: '乙', kind: 'text' },
  ];
  const result = await writeTable(new PassThrough().resume(), 'xlsx', columns, [['x'.repeat(40_000), 'y']]);
  expect(result).toEqual({ rows: 1, cutCells: 1 });
  async function* failing(): AsyncGenerator<CellValue[]> {
    yield ['a', 'b'];
    throw new Error('database gone');
  }
  for (const format of ['csv', 'xlsx'] as const) {
    await expect(writeTable(new PassThrough().resume(), format, columns, failing())).rejects.toThrow(
      'database gone',
    );
  }
});

test('sheet names Excel accepts', () => {
  expect(['客户[1]/2*', "'x'", '', 'a'.repeat(40)].map(sheetName)).toEqual([
    '客户 1  2',
    'x',
    'Sheet1',
    'a'.repeat(31),
  ]);
});

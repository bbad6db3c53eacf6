import iconv from 'iconv-lite';
import { afterAll, describe, expect, test } from 'vitest';
import { readAll, refusal, removeTemporaryFiles } from './fixture.ts';

afterAll(removeTemporaryFiles);

const TEXT = '名称,城市\n杭州海康,杭州\n';
const LATE = `name,city\n${'Acme,Paris\n'.repeat(120_000)}海康,杭州\n`;

describe('encoding', () => {
  const cases: [string, Buffer, string][] = [
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with mark', Buffer.from(`\ufeff${TEXT}`), 'utf-8'],
    ['GB18030', iconv.encode(TEXT, 'gb18030'), 'gb18030'],
    ['GB18030 with four-byte characters', iconv.encode('名称,城市\n𠀀㐀鎔,杭州\n', 'gb18030'), 'gb18030'],
    [
      'GBK euro sign',
      Buffer.concat([iconv.encode('名称,价格\n海康,', 'gbk'), Buffer.from([0x80]), Buffer.from('5\n')]),
      'gb18030',
    ],
    ['UTF-16LE with mark', iconv.encode(TEXT, 'utf-16le', { addBOM: true }), 'utf-16le'],
    ['UTF-16BE with mark', iconv.encode(TEXT, 'utf-16be', { addBOM: true }), 'utf-16be'],
    ['UTF-16LE without mark', iconv.encode(TEXT, 'utf-16le'), 'utf-16le'],
    ['UTF-16BE without mark', iconv.encode(TEXT, 'utf-16be'), 'utf-16be'],
    ['Latin letters in UTF-8', Buffer.from('name,city\nMüller,Köln\n'), 'utf-8'],
    ['first Chinese character after 1.3 MB, UTF-8', Buffer.from(LATE), 'utf-8'],
    ['first Chinese character after 1.3 MB, GB18030', iconv.encode(LATE, 'gb18030'), 'gb18030'],
  ];
  test.each(cases)('%s', async (_, bytes, encoding) => {
    const { table, texts } = await readAll(bytes);
    expect(table.encoding).toBe(encoding);
    const text = iconv.decode(bytes, encoding === 'gb18030' ? 'gb18030' : encoding);
    const lines = text
      .replace('\ufeff', '')
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect(table.headers).toEqual(lines[0]);
    expect(texts.at(-1)).toEqual(lines.at(-1));
  });

  test('a character cut by a chunk of the reader stays whole', async () => {
    const filler = 'a'.repeat(30_000);
    const rows = Array.from({ length: 80 }, () => `${filler},杭州\n`).join('');
    for (const encoding of ['utf-8', 'gb18030']) {
      const { texts } = await readAll(iconv.encode(`名称,城市\n${rows}`, encoding));
      expect(new Set(texts.map(([, city]) => city))).toEqual(new Set(['杭州']));
    }
  });

  test.each([
    [
      'a stray byte in UTF-8',
      Buffer.concat([Buffer.from(`${TEXT.repeat(5)}海康`), Buffer.from([0xff]), Buffer.from(',x\n')]),
      'file_encoding_unknown',
      11,
    ],
    [
      'a stray byte in GB18030',
      Buffer.concat([iconv.encode(TEXT.repeat(5), 'gb18030'), Buffer.from([0xff, 0x0a])]),
      'file_encoding_unknown',
      11,
    ],
    [
      'Windows-1252',
      iconv.encode('name,city\nMüller,Köln\nJosé,Orléans\n', 'windows-1252'),
      'file_encoding_unknown',
      2,
    ],
    [
      'Big5',
      iconv.encode('客戶名稱,城市\n臺灣積體電路製造股份有限公司,新竹市東區力行六路\n', 'big5'),
      'file_encoding_unknown',
      1,
    ],
    [
      'an unpaired half in UTF-16',
      Buffer.concat([
        iconv.encode(`${TEXT}a`, 'utf-16le', { addBOM: true }),
        Buffer.from([0x00, 0xd8, 0x0a, 0x00]),
      ]),
      'file_encoding_unknown',
      3,
    ],
  ])('%s is refused with its line', async (_, bytes, code, line) => {
    expect(await refusal(bytes)).toEqual({ code, params: { line } });
  });

  test('a file that ends inside a character is incomplete', async () => {
    expect(await refusal(Buffer.from(TEXT.repeat(3)).subarray(0, -2))).toMatchObject({
      code: 'file_truncated',
    });
    expect(await refusal(iconv.encode(TEXT, 'gb18030').subarray(0, -2))).toMatchObject({
      code: 'file_truncated',
    });
    const odd = iconv.encode(TEXT, 'utf-16le', { addBOM: true }).subarray(0, -1);
    expect(await refusal(odd)).toMatchObject({ code: 'file_truncated' });
  });

  test('a chosen encoding replaces detection', async () => {
    const big5 = iconv.encode('客戶名稱,城市\n臺積電,新竹\n', 'big5');
    expect((await readAll(big5, { encoding: 'Big5' })).texts).toEqual([['臺積電', '新竹']]);
    expect(await refusal(TEXT, { encoding: 'klingon' })).toMatchObject({ code: 'file_encoding_unknown' });
    expect(await refusal(iconv.encode(TEXT, 'gbk'), { encoding: 'utf-8' })).toMatchObject({
      code: 'file_encoding_unknown',
    });
  });
});

describe('delimiter', () => {
  test.each([
    ['comma', '名称,城市\na,b\n', ','],
    ['semicolon with decimal commas', '名称;金额\na;1,5\nb;2,25\n', ';'],
    ['tab with commas in text', '名称\t地址\na\t文三路1号,3楼\nb\t文二路,2号\n', '\t'],
    ['commas inside quotes', '"a;b","c;d"\n"1;2","3;4"\n', ','],
    ['named by Excel', 'sep=;\n名称;a,b\nx;1,2\n', ';'],
    ['a single column', '名称\n海康\n大华\n', ','],
  ])('%s', async (_, text, delimiter) => {
    expect((await readAll(text)).table.delimiter).toBe(delimiter);
  });
});

describe('records', () => {
  test('quotes, line ends inside and between, blank and short rows; lines count as a spreadsheet counts', async () => {
    const text =
      '名称,备注,电话\r\n"海康 ""威视""","第一行\r\n第二行",1\r\n\r\n大华,5" 屏\r\n,,\r\n宇视,,3\r\n\r\n\r\n';
    const { rows, texts } = await readAll(text);
    expect(texts).toEqual([
      ['海康 "威视"', '第一行\r\n第二行', '1'],
      ['大华', '5" 屏', ''],
      ['宇视', '', '3'],
    ]);
    expect(rows.map(({ line }) => line)).toEqual([2, 4, 6]);
  });

  test('mixed and old Macintosh line ends', async () => {
    expect((await readAll('名称,城市\r\na,b\nc,d\r\n')).texts).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect((await readAll('名称,城市\ra,b\rc,d')).texts).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  test('a row longer than the header is told, not cut in silence', async () => {
    const data = 'x,y\n'.repeat(120);
    const { rows } = await readAll(`名称,城市\n${data}a,b,c\n`);
    expect(rows.at(-1)).toMatchObject({
      line: 122,
      problem: { code: 'row_too_long', params: { cells: 3, headers: 2 } },
    });
  });

  test('rows can be read again from the start', async () => {
    const { table, rows } = await readAll(TEXT);
    const again = [];
    for await (const row of table.rows()) again.push(row);
    expect(again).toEqual(rows);
  });
});

describe('limits', () => {
  test.each([
    [
      'an open quote',
      `名称,城市\na,b\n"c,d\n${'x,y\n'.repeat(9)}`,
      { code: 'file_quote_open', params: { line: 3 } },
    ],
    [
      'a long cell',
      `名称,城市\n${'a'.repeat(32_768)},b\n`,
      { code: 'file_cell_too_large', params: { line: 2, column: 1, max: 32_767 } },
    ],
    [
      '501 columns',
      `${Array.from({ length: 501 }, (_, i) => `c${i}`).join(',')}\n`,
      { code: 'file_too_wide', params: { columns: 501, max: 500 } },
    ],
    [
      'a wide row far below',
      `名称,城市\n${'a,b\n'.repeat(200)}${'x,'.repeat(600)}\n`,
      { code: 'file_too_wide', params: { columns: 600, max: 500 } },
    ],
    [
      'one endless line',
      `名称,${'a'.repeat(9 * 1024 * 1024)}`,
      { code: 'file_line_too_long', params: { line: 1 } },
    ],
  ])('%s', async (_, text, expected) => {
    expect(await refusal(text)).toEqual(expected);
  });

  test('a cell of exactly the limit is read', async () => {
    const { texts } = await readAll(`名称,城市\n${'a'.repeat(32_767)},b\n`);
    expect(texts[0]?.[0]).toHaveLength(32_767);
  });
});

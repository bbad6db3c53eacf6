import { afterAll, describe, expect, test } from 'vitest';
import { readAll, refusal, removeTemporaryFiles, row, workbook, zipped } from './fixture.ts';

afterAll(removeTemporaryFiles);

const headersOf = async (text: string) => (await readAll(text)).table.headers;

describe('which row is the header', () => {
  test.each([
    ['the first', '名称,电话\n海康,13800138000\n', ['名称', '电话'], 1],
    ['below a title', '2024年客户表,,\n,,\n名称,电话,城市\n海康,1,杭州\n', ['名称', '电话', '城市'], 3],
    [
      'below title and note',
      '客户表,,,\n导出时间：,2024-03-05,,\n名称,电话,城市,备注\na,1,b,c\n',
      ['名称', '电话', '城市', '备注'],
      3,
    ],
    ['with years', '区域,2023,2024\n华东,1,2\n华南,3,4\n', ['区域', '2023', '2024'], 1],
    ['one column', '名称\n海康\n大华\n', ['名称'], 1],
    [
      'two parts of a table side by side',
      'accounts,,,,,,teams,,,\naccount,sector,year,revenue,size,place,agent,manager,office,x\na,b,c,d,e,f,g,h,i,j\n',
      ['account', 'sector', 'year', 'revenue', 'size', 'place', 'agent', 'manager', 'office', 'x'],
      2,
    ],
  ])('%s', async (_, text, headers, line) => {
    const { table } = await readAll(text);
    expect([table.headers, table.headerLine]).toEqual([headers, line]);
  });

  test('titles above are told', async () => {
    const { table } = await readAll('客户表,\n名称,电话\na,1\n');
    expect(table.warnings).toEqual([{ code: 'rows_above_header', params: { rows: 1 } }]);
  });

  test.each([
    ['data with a phone', '海康,13800138000,杭州\n大华,13900139000,杭州\n'],
    ['data with a date', '海康,2024-03-05\n大华,2024-03-06\n'],
    ['data with a mail address', '海康,a@b.com\n大华,c@d.com\n'],
  ])('%s is not taken for a header', async (_, text) => {
    expect(await refusal(text)).toEqual({ code: 'file_no_header', params: { line: 1 } });
  });

  test('the person can say which row it is', async () => {
    const text = '说明,甲,乙\n名称,电话,城市\na,1,b\n';
    expect((await readAll(text, { headerLine: 2 })).table.headers).toEqual(['名称', '电话', '城市']);
    expect(await refusal(text, { headerLine: 9 })).toMatchObject({ code: 'file_no_header' });
  });
});

describe('names', () => {
  test('repeated and empty names stay apart and are told; empty columns at the end vanish', async () => {
    const { table } = await readAll('名称,电话,电话,,备注,,\na,1,2,3,4,,\n');
    expect(table.headers).toEqual(['名称', '电话', '电话 (2)', '[D]', '备注']);
    expect(table.warnings).toEqual([
      { code: 'header_duplicate', params: { header: '电话', column: 'C', name: '电话 (2)' } },
      { code: 'header_empty', params: { column: 'D' } },
    ]);
  });

  test('line ends, runs of spaces and invisible characters are tidied', async () => {
    expect(await headersOf('"客户\n名称",\u200b电话 \na,1\n')).toEqual(['客户 名称', '电话']);
  });
});

describe('two header rows', () => {
  const top = row(1, ['名称', '联系人', null, '城市']);
  const merges =
    '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref="D1:D2"/></mergeCells>';

  test('a merged group heading is put before each name', async () => {
    const rows = top + row(2, [null, '姓名', '电话', null]) + row(3, ['海康', '张三', '1', '杭州']);
    const { table, texts } = await readAll(await zipped(workbook({ sheets: [{ rows, after: merges }] })));
    expect(table.headers).toEqual(['名称', '联系人 姓名', '联系人 电话', '城市']);
    expect(table.headerLine).toBe(2);
    expect(texts).toEqual([['海康', '张三', '1', '杭州']]);
    expect(table.warnings).toEqual([]);
  });

  test('without merged cells a gap is only a gap', async () => {
    const rows = top + row(2, ['海康', '张三', '经理', '杭州']);
    const { table, texts } = await readAll(await zipped(workbook({ sheets: [{ rows }] })));
    expect(table.headers).toEqual(['名称', '联系人', '[C]', '城市']);
    expect(texts).toHaveLength(1);
  });
});

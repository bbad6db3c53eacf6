import { afterAll, describe, expect, test } from 'vitest';
import { refusal, removeTemporaryFiles, row, workbook, zipped } from './fixture.ts';
import { openTable } from './read.ts';

afterAll(removeTemporaryFiles);

const PARTS = workbook({ sheets: [{ rows: row(1, ['名称', '电话']) + row(2, ['海康', '1']) }] });
const SHEET = 'xl/worksheets/sheet1.xml';

/** An OLE container as Excel lays it out: the directory of streams in the sector the header names. */
function ole(stream: string): Buffer {
  const file = Buffer.alloc(200 * 512);
  file.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(180, 48);
  file.write(stream, 181 * 512 + 128, 'utf16le');
  return file;
}

describe('text that is called a workbook', () => {
  test.each([
    ['名单.xlsx', '海康\n大华\n', 'file_no_workbook'],
    ['名单.XLS', '这是一封信', 'file_no_workbook'],
    ['名单.csv', '海康\n大华\n', 'none'],
    ['名单.xls', '名称\t电话\n海康\t1\n', 'none'],
    [undefined, '海康\n大华\n', 'none'],
  ])('%s', async (name, content, code) => {
    expect(await refusal(content, name ? { name } : {})).toEqual({ code, params: {} });
  });
});

describe('files that are no table', () => {
  test.each([
    ['PDF', '%PDF-1.7\n...', 'PDF'],
    ['RTF', '{\\rtf1 x}', 'RTF'],
    [
      'HTML saved as .xls',
      '\ufeff<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>名称</td></tr></table>',
      'HTML',
    ],
    ['a bare HTML table', '<table border="1"><tr><td>a</td></tr></table>', 'HTML'],
    [
      'XML spreadsheet 2003',
      '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
      'XML',
    ],
    ['JSON', '[{"name":"a","city":"b"}]', 'JSON'],
    ['PNG', Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex'), 'PNG'],
    ['old Excel', ole('Workbook'), 'XLS (Excel 97–2003)'],
    ['old Word', ole('WordDocument'), 'DOC (Word 97–2003)'],
  ])('%s', async (_, content, found) => {
    expect(await refusal(content)).toEqual({ code: 'file_type_unsupported', params: { found } });
  });

  test('noise is called no table, not by a name nobody knows', async () => {
    const noise = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * i * 7919) % 256));
    expect(await refusal(noise)).toEqual({ code: 'file_type_unknown', params: {} });
  });

  test.each([
    ['DOCX', { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' }],
    ['PPTX', { '[Content_Types].xml': '<Types/>', 'ppt/presentation.xml': '<p/>' }],
    ['XLSB', { '[Content_Types].xml': '<Types/>', 'xl/workbook.bin': 'x' }],
    [
      'ODS',
      {
        mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
        'content.xml': '<o/>',
        'META-INF/manifest.xml': '<m/>',
      },
    ],
    ['Numbers', { 'Index/Document.iwa': 'x' }],
    ['ZIP', { 'readme.txt': 'hello' }],
  ])('%s in a zip archive', async (found, parts) => {
    expect(await refusal(await zipped(parts))).toEqual({ code: 'file_type_unsupported', params: { found } });
  });

  test('nothing, blank, missing', async () => {
    expect(await refusal('')).toMatchObject({ code: 'file_empty' });
    expect(await refusal('\ufeff \r\n\r\n')).toMatchObject({ code: 'file_empty' });
    expect(await refusal(',,\n,,\n')).toMatchObject({ code: 'file_empty' });
    await expect(openTable('/nowhere/x.csv')).rejects.toMatchObject({ code: 'file_missing' });
    await expect(openTable('/tmp')).rejects.toMatchObject({ code: 'file_missing' });
  });

  test('a workbook behind a password', async () => {
    expect(await refusal(ole('EncryptedPackage'))).toEqual({ code: 'file_encrypted', params: {} });
    const bytes = await zipped(PARTS);
    const central = bytes.indexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt16LE(bytes.readUInt16LE(central + 8) | 1, central + 8);
    expect(await refusal(bytes)).toEqual({ code: 'file_encrypted', params: {} });
  });
});

describe('damaged workbooks', () => {
  test('cut off anywhere', async () => {
    const bytes = await zipped(PARTS);
    for (const part of [0.3, 0.6, 0.9]) {
      const cut = bytes.subarray(0, Math.floor(bytes.length * part));
      expect(await refusal(cut)).toEqual({ code: 'file_truncated', params: {} });
    }
  });

  test.each([
    ['sheet missing', { [SHEET]: undefined }],
    ['workbook missing', { 'xl/workbook.xml': undefined }],
    ['XML broken', { [SHEET]: `${PARTS[SHEET]?.slice(0, -20)}` }],
    [
      'string not in the table',
      { [SHEET]: '<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>' },
    ],
    [
      'rows out of order',
      { [SHEET]: `<worksheet><sheetData>${row(2, ['a', 'b'])}${row(1, ['a', 'b'])}</sheetData></worksheet>` },
    ],
    [
      'entity bomb',
      {
        [SHEET]:
          '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>',
      },
    ],
    ['no sheets', { 'xl/workbook.xml': '<workbook><sheets/></workbook>' }],
    ['not UTF-8', { [SHEET]: Buffer.concat([Buffer.from(PARTS[SHEET] ?? ''), Buffer.from([0xff])]) }],
  ])('%s', async (_, change) => {
    const parts = Object.entries({ ...PARTS, ...change }).filter(([, content]) => content !== undefined);
    const bytes = await zipped(Object.fromEntries(parts) as Record<string, string>);
    expect(await refusal(bytes)).toMatchObject({ code: 'file_malformed' });
  });

  test('a flipped byte is found by the checksum', async () => {
    const zip = await zipped({ ...PARTS, [SHEET]: `${PARTS[SHEET]}<!-- ${'x'.repeat(50)} -->` });
    const start = zip.indexOf(Buffer.from(SHEET)) + SHEET.length;
    const codes = new Set<string>();
    for (let at = start; at < start + 60; at++) {
      const damaged = Buffer.from(zip);
      damaged[at] = (damaged[at] as number) ^ 0x10;
      codes.add((await refusal(damaged)).code);
    }
    expect([...codes]).toEqual(['file_malformed']);
  });
});

describe('bombs and giants', () => {
  test('a sheet that unpacks to hundreds of times its size', async () => {
    const filler = `<!--${' '.repeat(40 * 1024 * 1024)}-->`;
    const bytes = await zipped({ ...PARTS, [SHEET]: `<worksheet>${filler}</worksheet>` });
    expect(bytes.length).toBeLessThan(200_000);
    expect(await refusal(bytes)).toMatchObject({ code: 'file_zip_bomb' });
  });

  test('a size that lies', async () => {
    const bytes = await zipped(PARTS);
    const central = bytes.lastIndexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt32LE(10, central + 24);
    expect(await refusal(bytes)).toMatchObject({ code: 'file_malformed' });
    bytes.writeUInt32LE(0xfffffff0, central + 24);
    expect(await refusal(bytes)).toMatchObject({ code: 'file_zip_bomb' });
  });

  test('too many parts', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`x/${index}`, '']));
    expect(await refusal(await zipped({ ...PARTS, ...many }))).toMatchObject({ code: 'file_zip_bomb' });
  });

  test('too wide and too long cells; formatting far to the right does not count', async () => {
    const sheet = (cell: string) =>
      workbook({ sheets: [{ rows: `${row(1, ['名称', '电话'])}<row r="2">${cell}</row>` }] });
    const wide = await zipped(sheet('<c r="ZZ2" t="str"><v>x</v></c>'));
    expect(await refusal(wide)).toEqual({ code: 'file_too_wide', params: { columns: 702, max: 500 } });
    expect(await refusal(await zipped(sheet('<c r="XFD2" s="1"/>')))).toMatchObject({ code: 'none' });
    const long = await zipped(sheet(`<c r="A2" t="str"><v>${'x'.repeat(32_768)}</v></c>`));
    expect(await refusal(long)).toEqual({
      code: 'file_cell_too_large',
      params: { line: 2, column: 1, max: 32_767 },
    });
  });
});

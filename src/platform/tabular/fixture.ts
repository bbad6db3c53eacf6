import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { TableError } from './errors.ts';
import { openTable } from './read.ts';
import type { OpenTableOptions, Table, TableRow } from './table.ts';

/** Helpers of the tests in this folder. */
let folder: string | undefined;
let count = 0;

export function temporaryFile(content: Uint8Array | string, name = 'file'): string {
  folder ??= mkdtempSync(join(tmpdir(), 'guanxi-tabular-'));
  const path = join(folder, `${++count}-${name}`);
  writeFileSync(path, content);
  return path;
}

export function removeTemporaryFiles(): void {
  if (folder) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
}

export type ReadAll = { table: Table; rows: TableRow[]; texts: string[][] };

export async function readAll(content: Uint8Array | string, options?: OpenTableOptions): Promise<ReadAll> {
  const table = await openTable(temporaryFile(content), options);
  const rows: TableRow[] = [];
  try {
    for await (const row of table.rows()) rows.push(row);
  } finally {
    await table.close();
  }
  return { table, rows, texts: rows.map(({ cells }) => cells.map(({ text }) => text)) };
}

/** The error reading ends with: its code, or what else was thrown; `none` when it succeeds. */
export async function refusal(content: Uint8Array | string, options?: OpenTableOptions) {
  try {
    await readAll(content, options);
    return { code: 'none', params: {} };
  } catch (error) {
    if (error instanceof TableError) return { code: error.code, params: error.params };
    throw error;
  }
}

export async function zipped(parts: Record<string, string | Uint8Array>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

type WorkbookParts = {
  /** Content of `<sheetData>`, per sheet. */
  sheets: { name?: string; state?: string; rows: string; after?: string }[];
  strings?: string[];
  /** Number format codes; cell style n uses the n-th. */
  formats?: string[];
  dated1904?: boolean;
};

/** The parts of a workbook as Excel lays them out, to be zipped as they are or damaged first. */
export function workbook({
  sheets,
  strings = [],
  formats = [],
  dated1904,
}: WorkbookParts): Record<string, string> {
  const list = sheets.map(({ name = '表', state }, index) => {
    const hidden = state ? ` state="${state}"` : '';
    return `<sheet name="${name}${index || ''}" sheetId="${index + 1}"${hidden} r:id="rId${index + 1}"/>`;
  });
  const relations = sheets.map((_, index) => {
    return `<Relationship Id="rId${index + 1}" Type="${REL}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`;
  });
  const formatXml = formats.map((code, index) => {
    return `<numFmt numFmtId="${200 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`;
  });
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships><Relationship Id="a" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${REL}"><workbookPr date1904="${dated1904 ? 1 : 0}"/><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}<Relationship Id="s" Type="${REL}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet><numFmts>${formatXml.join('')}</numFmts><cellXfs>${formats.map((_, i) => `<xf numFmtId="${200 + i}"/>`).join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst>${strings.join('')}</sst>`,
  };
  sheets.forEach(({ rows, after = '' }, index) => {
    parts[`xl/worksheets/sheet${index + 1}.xml`] =
      `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`;
  });
  return parts;
}

/** A row of inline texts: `row(1, ['名称', '电话'])`. */
export function row(line: number, texts: (string | null)[]): string {
  const cells = texts.map((text, index) => {
    const at = `${String.fromCharCode(65 + index)}${line}`;
    return text === null ? '' : `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
  });
  return `<row r="${line}">${cells.join('')}</row>`;
}

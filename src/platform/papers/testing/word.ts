import PizZip from 'pizzip';
import { packParts } from '../docx.ts';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const TYPES = (more = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${MAIN}"/>${more}</Types>`;
const RELS = (content = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;
const DOCUMENT =
  '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>';

const run = (text: string) =>
  `<w:r><w:t xml:space="preserve">${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</w:t></w:r>`;
/** A paragraph; pieces of a list are what Word cuts a text into. */
export const p = (text: string | readonly string[]): string =>
  `<w:p>${(typeof text === 'string' ? [text] : text).map(run).join('')}</w:p>`;
export const row = (...cells: string[]): string =>
  `<w:tr>${cells.map((cell) => `<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr>${p(cell)}</w:tc>`).join('')}</w:tr>`;
export const tbl = (...rows: string[]): string => `<w:tbl><w:tblPr/><w:tblGrid/>${rows.join('')}</w:tbl>`;

/** A Word file with this body, and whatever else a test wants in it. */
export function word(
  body: string,
  {
    types,
    relations,
    more = {},
  }: { types?: string; relations?: string; more?: Record<string, string | Buffer> } = {},
): Buffer {
  return packParts(
    new Map<string, string | Buffer>([
      ['[Content_Types].xml', TYPES(types)],
      ['_rels/.rels', RELS(DOCUMENT)],
      ['word/_rels/document.xml.rels', RELS(relations)],
      [
        'word/document.xml',
        `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="${W}"><w:body>${body}<w:sectPr/></w:body></w:document>`,
      ],
      ...Object.entries(more),
    ]),
  );
}

/** What stands in a Word file: paragraphs line by line. */
export function wordText(docx: Buffer | Uint8Array, part = 'word/document.xml'): string {
  const xml = new PizZip(docx).file(part)?.asText() ?? '';
  return xml
    .replace(/<w:br\/>/g, '⏎')
    .replaceAll('</w:p>', '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

export const partNames = (docx: Buffer): string[] => Object.keys(new PizZip(docx).files);
export const partText = (docx: Buffer, name: string): string => new PizZip(docx).file(name)?.asText() ?? '';

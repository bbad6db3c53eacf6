import type { Labels } from '../entity/types.ts';
import type { Language } from '../i18n/translations.ts';
import { Exact } from '../money/money.shared.ts';
import { packParts } from './docx.ts';
import { type Placeholder, placeholdersOf, plainName } from './names.ts';
import type { PaperShape } from './paper.ts';

/** What an example shows of a kind of paper: names of its shape. */
export interface SampleWish {
  title: string;
  language: Language;
}

/** Fields that people expect on every paper, in this order, where the kind has them. */
const FACTS = [
  'number',
  'customer',
  'contact',
  'date',
  'validUntil',
  'from',
  'until',
  'shippedOn',
  'receiver',
  'receiverPhone',
  'address',
  'carrier',
  'trackingNumber',
  'taxNumber',
  'subject',
  'startedBy',
  'startedAt',
  'status',
];
const COLUMNS = [
  'no',
  'date',
  'label',
  'name',
  'specification',
  'kind',
  'number',
  'unit',
  'quantity',
  'price',
  'taxRate',
  'gross',
  'percent',
  'dueOn',
  'amount',
  'debit',
  'credit',
  'balance',
  'value',
  'step',
  'person',
  'action',
  'at',
  'comment',
  'remark',
];
const SUMS = ['opening', 'total', 'net', 'taxAmount', 'closing', 'balance'];
const LONG = ['terms', 'remark'];

/**
 * A ready template of a kind of paper, made from what its records have: title, facts, a table for each loop, sums with the
 * amount in capitals, terms, signatures and the seal. Good enough to print, meant to be changed in Word.
 */
export function samplePaper(shape: PaperShape, { title, language }: SampleWish): Buffer {
  const all = placeholdersOf(shape);
  const find = (key: string) => all.find((each) => each.key === key);
  const tag = ({ written }: Placeholder) => `{${written[language]}}`;
  const colon = language === 'zh' ? '：' : ': ';
  const fact = (key: string) => {
    const found = find(key);
    return found ? [`${found.label[language]}${colon}${tag(found)}`] : [];
  };
  const loopName = (label: Labels) => plainName(label[language]);
  const tables = shape.loops.flatMap(({ name, label }) => {
    const columns = COLUMNS.flatMap((field) => find(`${name}/${field}`) ?? []);
    if (columns.length === 0) return [];
    const cells = columns.map(tag);
    cells[0] = `{#${loopName(label)}}${cells[0]}`;
    cells[cells.length - 1] += `{/${loopName(label)}}`;
    return [
      paragraph(label[language], { bold: true }),
      table([columns.map((column) => column.label[language]), cells], { head: true }),
    ];
  });
  const sums = SUMS.flatMap(fact);
  const capitals = find('total.capitals');
  if (capitals && language === 'zh') sums.push(`人民币大写${colon}${tag(capitals)}`);
  const sides = language === 'zh' ? ['我方', '客户'] : ['For us', 'For the customer'];
  const body = [
    paragraph(
      `{${find('logo')?.written[language]}}{${(find('seller.name') ?? (find('company') as Placeholder)).written[language]}}`,
      {
        center: true,
        size: 28,
        bold: true,
      },
    ),
    paragraph(title, { center: true, size: 36, bold: true }),
    table(pairs(FACTS.flatMap(fact)), {}),
    paragraph(''),
    ...tables,
    ...sums.map((sum) => paragraph(sum, { bold: true })),
    ...LONG.flatMap((key) => fact(key)).map((text) => paragraph(text)),
    paragraph(''),
    table(
      [
        [`${sides[0]}${colon}{${find('seal')?.written[language]}}`, `${sides[1]}${colon}`],
        [
          `${language === 'zh' ? '日期' : 'Date'}${colon}{${find('printedOn')?.written[language]}}`,
          `${language === 'zh' ? '日期' : 'Date'}${colon}`,
        ],
      ],
      {},
    ),
  ].join('');
  return packParts(
    new Map([
      ['[Content_Types].xml', CONTENT_TYPES],
      ['_rels/.rels', RELS],
      ['word/_rels/document.xml.rels', DOCUMENT_RELS],
      ['word/styles.xml', STYLES],
      ['word/document.xml', `${XML}<w:document xmlns:w="${W}"><w:body>${body}${PAGE}</w:body></w:document>`],
    ]),
  );
}

const pairs = (facts: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(facts.length / 2) }, (_, at) => [
    facts[at * 2] ?? '',
    facts[at * 2 + 1] ?? '',
  ]);

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

interface Look {
  bold?: boolean;
  center?: boolean;
  /** In half points. */
  size?: number;
}

function paragraph(text: string, { bold, center, size }: Look = {}): string {
  const run = `${bold ? '<w:b/>' : ''}${size ? `<w:sz w:val="${size}"/>` : ''}`;
  return `<w:p>${center ? '<w:pPr><w:jc w:val="center"/></w:pPr>' : ''}<w:r>${run ? `<w:rPr>${run}</w:rPr>` : ''}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
}

function table(rows: readonly (readonly string[])[], { head }: { head?: boolean }): string {
  if (rows.length === 0) return '';
  const line = head ? 'single' : 'nil';
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((side) => `<w:${side} w:val="${line}" w:sz="4" w:color="8C8C8C"/>`)
    .join('');
  const width = new Exact(9600).dividedToIntegerBy(rows[0]?.length || 1).toFixed();
  const grid = (rows[0] ?? []).map(() => `<w:gridCol w:w="${width}"/>`).join('');
  const body = rows
    .map(
      (cells, at) =>
        `<w:tr>${head && at === 0 ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${cells
          .map(
            (text) =>
              `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${paragraph(text, head && at === 0 ? { bold: true, center: true } : {})}</w:tc>`,
          )
          .join('')}</w:tr>`,
    )
    .join('');
  return `<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${borders}</w:tblBorders></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${body}</w:tbl>${paragraph('')}`;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${WORD}.styles+xml"/></Types>`;
const RELS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`;
const DOCUMENT_RELS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;
const STYLES = `${XML}<w:styles xmlns:w="${W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="宋体" w:cs="Arial"/><w:sz w:val="20"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>`;
const PAGE =
  '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>';

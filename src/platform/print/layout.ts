import type { Content, createPdf, TableCell } from 'pdfmake';
import type { Letterhead, PrintBlock, PrintColumn, PrintPage, PrintSignature } from './page.ts';

type Definition = Parameters<typeof createPdf>[0];

const INK = '#1f1f1f';
const GREY = '#6b6b6b';
const LINE = '#8c8c8c';
const HEAD = '#f0ede6';
/** Points: binding at the left is wider than what rims of printers need. */
type Margins = [number, number, number, number];
const MARGINS: Margins = [42, 54, 36, 48];
const A4 = { portrait: 595.28, landscape: 841.89 };

/** A page as the PDF library knows it: company above, page numbers below, heads of tables on every page. */
export function layoutOf(page: PrintPage): Definition {
  const orientation = page.landscape ? 'landscape' : 'portrait';
  const width = A4[orientation] - MARGINS[0] - MARGINS[2];
  return {
    pageSize: 'A4',
    pageOrientation: orientation,
    pageMargins: MARGINS,
    info: { title: page.title, author: page.company },
    defaultStyle: { font: 'NotoSansSC', fontSize: 9, color: INK, lineHeight: 1.15 },
    header: () => ({
      margin: [MARGINS[0], 26, MARGINS[2], 0],
      columns: [
        { text: page.company, fontSize: 8, color: GREY },
        { text: page.title, fontSize: 8, color: GREY, alignment: 'right' },
      ],
    }),
    footer: (at, of) => ({
      margin: [MARGINS[0], 14, MARGINS[2], 0],
      columns: [
        { text: page.note ?? '', fontSize: 8, color: GREY },
        { text: numbered(page, at, of), fontSize: 8, color: GREY, alignment: 'right' },
      ],
    }),
    ...(page.watermark
      ? { watermark: { text: page.watermark, color: GREY, opacity: 0.08, bold: true } }
      : {}),
    content: [
      ...(page.letterhead && (page.letterhead.logo || page.letterhead.lines.length)
        ? [letterheadOf(page.letterhead)]
        : []),
      {
        text: page.title,
        fontSize: 18,
        bold: true,
        alignment: 'center',
        // Chinese titles are set wide; letters of a word belong together.
        characterSpacing: page.language === 'zh' ? 2 : 0,
      },
      ...(page.subtitle
        ? [
            {
              text: page.subtitle,
              color: GREY,
              alignment: 'center' as const,
              margin: [0, 3, 0, 0] as [number, number, number, number],
            },
          ]
        : []),
      { text: '', margin: [0, 4, 0, 4] },
      ...page.blocks.map((block) => blockOf(block, width, page.language)),
      ...(page.signatures?.length ? [signaturesOf(page.signatures, page.language)] : []),
    ],
  };
}

/** Name, particulars and a line beneath, as on the company's own paper. */
const letterheadOf = ({ name, lines, logo }: Letterhead): Content => ({
  margin: [0, 0, 0, 12],
  stack: [
    {
      columnGap: 10,
      columns: [
        ...(logo
          ? [{ width: 'auto' as const, stack: [{ image: logo, fit: [120, 36] as [number, number] }] }]
          : []),
        {
          width: '*',
          stack: [
            { text: name, fontSize: 13, bold: true },
            ...lines.map((text) => ({ text, fontSize: 8, color: GREY })),
          ],
        },
      ],
    },
    {
      canvas: [
        {
          type: 'line' as const,
          x1: 0,
          y1: 5,
          x2: A4.portrait - MARGINS[0] - MARGINS[2],
          y2: 5,
          lineWidth: 0.75,
          lineColor: LINE,
        },
      ],
    },
  ],
});

const numbered = ({ language }: PrintPage, at: number, of: number) =>
  language === 'zh' ? `第 ${at} 页 共 ${of} 页` : `Page ${at} of ${of}`;

function blockOf(block: PrintBlock, width: number, language: PrintPage['language']): Content {
  if (block.kind === 'text')
    return { text: block.text, margin: [0, 0, 0, 8], ...(block.muted ? { color: GREY } : {}) };
  if (block.kind === 'facts') return factsOf(block.facts, language);
  return tableOf(block, width);
}

/** Pairs side by side, three in a line. */
function factsOf(
  facts: readonly { label: string; value: string }[],
  language: PrintPage['language'],
): Content {
  const colon = language === 'zh' ? '：' : ': ';
  const cells = facts.map(
    ({ label, value }): TableCell => ({
      text: [{ text: `${label}${colon}`, color: GREY }, { text: value || '—' }],
    }),
  );
  while (cells.length % 3) cells.push({ text: '' });
  const body = Array.from({ length: cells.length / 3 }, (_, at) => cells.slice(at * 3, at * 3 + 3));
  return { table: { widths: ['*', '*', '*'], body }, layout: 'noBorders', margin: [0, 0, 0, 8] };
}

const PADDING = 4;

function tableOf(block: Extract<PrintBlock, { kind: 'table' }>, width: number): Content {
  const { columns, rows, total } = block;
  const cell = (text: string, column: PrintColumn | undefined, bold = false): TableCell => ({
    text,
    bold,
    alignment: column?.align ?? 'left',
  });
  const line = (texts: readonly string[], bold = false) =>
    columns.map((column, at) => cell(texts[at] ?? '', column, bold));
  const weights = columns.reduce((sum, { weight = 1 }) => sum + weight, 0);
  // Padding and the lines between take their part.
  const free = width - columns.length * 2 * PADDING - (columns.length + 1) * 0.5;
  const table: Content = {
    margin: [0, 0, 0, 10],
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ weight = 1 }) => (free * weight) / weights),
      body: [
        columns.map(({ label }) => ({ text: label, bold: true, alignment: 'center', fillColor: HEAD })),
        ...rows.map((row) => line(row)),
        ...(total ? [line(total, true)] : []),
      ],
    },
    layout: {
      hLineWidth: (at, { table: { body } }) => (at === 0 || at === 1 || at === body.length ? 1 : 0.5),
      vLineWidth: () => 0.5,
      hLineColor: () => LINE,
      vLineColor: () => LINE,
      paddingLeft: () => PADDING,
      paddingRight: () => PADDING,
      paddingTop: () => 4,
      paddingBottom: () => 4,
    },
  };
  return table;
}

/** One line for each who signs, kept together: a sheet of signatures alone proves nothing. */
function signaturesOf(signatures: readonly PrintSignature[], language: 'zh' | 'en'): Content {
  const day = language === 'zh' ? '日期' : 'Date';
  const colon = language === 'zh' ? '：' : ': ';
  return {
    unbreakable: true,
    margin: [0, 14, 0, 0],
    columnGap: 24,
    columns: signatures.map(({ label, name, date, seal }) => ({
      stack: [
        { text: `${label}${colon}${name ?? ''}` },
        ...(seal
          ? [{ image: seal, fit: [96, 96] as [number, number], margin: [40, -34, 0, -62] as Margins }]
          : []),
        {
          canvas: [{ type: 'line' as const, x1: 0, y1: 3, x2: 150, y2: 3, lineWidth: 0.5, lineColor: LINE }],
        },
        { text: `${day}${colon}${date ?? ''}`, margin: [0, 6, 0, 0] as [number, number, number, number] },
      ],
    })),
  };
}

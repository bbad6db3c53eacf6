import { PassThrough } from 'node:stream';
import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import type { PrintPage } from '../../platform/print/page.ts';
import { writeTable } from '../../platform/tabular/write.ts';
import { dateIn } from '../../platform/time/instant.shared.ts';
import type {
  FormKind,
  FormState,
  Sheet,
  SheetColumn,
  SheetNote,
  SheetRow,
  Signature,
} from './form/form.shared.ts';
import { wordOf } from './sheet/base.ts';
import { kindOf } from './sheet/fill.ts';
import { cellWords, columnWords } from './sheet/words.ts';

/** A form on its way to paper or into a file. */
export interface Printed {
  kind: FormKind;
  company: string;
  period: string;
  reach: string;
  /** What it says of itself when it is no signed sheet. */
  status: FormState;
  round: number;
  sheet: Sheet;
  signatures?: Record<'prepared' | 'filled' | 'reviewed', Signature>;
}

const SIGNERS = { prepared: 'maker', filled: 'filler', reviewed: 'reviewer' } as const;

/** The page a manager hangs up. What nobody has reviewed says so across the sheet. */
export function pageOf(ctx: Context, { kind, sheet, period, reach, ...form }: Printed): PrintPage {
  const round = form.round > 1 ? [wordOf(ctx, 'forms.round', { round: form.round })] : [];
  const lines = sheet.rows.map((row, at) => [
    String(at + 1),
    ...sheet.columns.map((column) => cellOf(ctx, column, row)),
  ]);
  return {
    title: wordOf(ctx, `forms.${kind}`),
    subtitle: [period, reach, ...round].join('　·　'),
    company: form.company,
    landscape: kindOf(kind).landscape,
    language: ctx.principal.language,
    ...(form.status === 'locked'
      ? {}
      : { watermark: wordOf(ctx, `forms.mark.${form.status === 'review' ? 'review' : 'draft'}`) }),
    blocks: [
      {
        kind: 'table',
        columns: [
          { label: wordOf(ctx, 'forms.column.number'), weight: 0.45, align: 'center' },
          ...sheet.columns.map((column) => ({
            label: columnWords(ctx, column),
            weight: column.weight,
            align: alignOf(column),
          })),
        ],
        rows: lines,
        ...(sheet.total
          ? {
              total: [
                '',
                ...sheet.columns.map((column) =>
                  column.name in (sheet.total ?? {})
                    ? cellWords(ctx, column, sheet.total?.[column.name])
                    : '',
                ),
              ],
            }
          : {}),
      },
      ...notesOf(ctx, sheet).map((text) => ({ kind: 'text' as const, text, muted: true })),
    ],
    signatures: Object.entries(SIGNERS).map(([step, who]) => {
      const signed = form.signatures?.[step as keyof typeof SIGNERS];
      return {
        label: wordOf(ctx, `forms.sign.${who}`),
        ...(signed?.by ? { name: signed.by.title } : {}),
        ...(signed?.at ? { date: dateIn(ctx.timeZone, signed.at) } : {}),
      };
    }),
    note: wordOf(ctx, 'forms.printed', { date: dayOf(ctx) }),
  };
}

const cellOf = (ctx: Context, column: SheetColumn, row: SheetRow): string =>
  row.erased
    ? column.kind === 'text'
      ? wordOf(ctx, 'forms.erased')
      : ''
    : column.edit && !row.cells[column.name]
      ? ''
      : cellWords(ctx, column, row.cells[column.name]);

const alignOf = ({ kind, name }: SheetColumn): 'left' | 'center' | 'right' =>
  CENTRED.has(name) || kind === 'date' ? 'center' : kind === 'text' ? 'left' : 'right';
const CENTRED = new Set(['grade', 'gradeBefore', 'owner', 'visitor', 'rating', 'responsible']);

/** What a reader of the sheet has to know besides. */
export function notesOf(ctx: Context, { notes, rows, cut }: Pick<Sheet, 'notes' | 'rows' | 'cut'>): string[] {
  const said = notes.map((note: SheetNote) => wordOf(ctx, `forms.note.${note}`));
  if (rows.length === 0) return [wordOf(ctx, 'forms.none'), ...said];
  return cut ? [...said, wordOf(ctx, 'forms.cut', { count: rows.length })] : said;
}

const FILE_KINDS = {
  text: 'text',
  number: 'number',
  percent: 'number',
  money: 'number',
  date: 'date',
} as const;

/** The same as a table to go on calculating with: numbers stay numbers. */
export function tableOf(ctx: Context, { sheet, kind }: Pick<Printed, 'sheet' | 'kind'>): PassThrough {
  const out = new PassThrough();
  const heads = sheet.columns.map((column) => ({
    header: column.kind === 'percent' ? `${columnWords(ctx, column)}（%）` : columnWords(ctx, column),
    kind: FILE_KINDS[column.kind],
  }));
  const rows = sheet.rows.map((row) =>
    sheet.columns.map((column) => (row.erased ? null : row.cells[column.name] || null)),
  );
  const total = sheet.total ? [sheet.columns.map(({ name }) => sheet.total?.[name] ?? null)] : [];
  writeTable(out, 'xlsx', heads, [...rows, ...total], wordOf(ctx, `forms.${kind}`)).catch((error: Error) =>
    out.destroy(error),
  );
  return out;
}

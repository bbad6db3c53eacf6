import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { AnswerValue, ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import { needsApproval } from '../../../platform/approvals/start.ts';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import type { PrintPage } from '../../../platform/print/page.ts';
import { renderPdf } from '../../../platform/print/print.ts';
import { writeTable } from '../../../platform/tabular/write.ts';
import type { Column } from '../../../platform/tabular/write-types.ts';
import { instantToLocal } from '../../../platform/time/instant.shared.ts';
import { type Resolved, resolve, type Source } from './source.ts';

export type FileFormat = 'xlsx' | 'pdf';

export interface ReportFile {
  name: string;
  content: Buffer;
}

/**
 * A report as a file: of what the caller may take out of the house, which the audit remembers. What leaves it by decision
 * only, leaves it no other way.
 */
export async function fileOf(
  ctx: Context,
  services: Services,
  asked: Source,
  format: FileFormat,
): Promise<ReportFile> {
  const resolved = await resolve(ctx, services, asked);
  const answer = await takenOut(ctx, resolved);
  const { title } = titled(ctx, resolved, answer);
  const content =
    format === 'xlsx'
      ? await sheetOf(ctx, title, answer)
      : await renderPdf(pageOf(ctx, (await services.settings()).companyName, title, [{ title: '', answer }]));
  return { name: `${title}.${format}`, content };
}

/** The answer over what may be taken out; throws where that is nothing, or needs a decision. */
export async function takenOut(ctx: Context, resolved: Resolved): Promise<ReportAnswer> {
  if (!ctx.policies.for(resolved.entity).can('export')) throw forbidden('export_forbidden');
  if (await needsApproval(ctx, 'export')) throw problem('analysis_needs_approval', { status: 409 });
  const answer = await resolved.run({ action: 'export' });
  const { title } = titled(ctx, resolved, answer);
  await inTransaction(ctx, (inner) =>
    writeAudit(inner, { action: 'export', entity: answer.entity, recordId: null, note: title }),
  );
  return answer;
}

const say = (ctx: Context, key: string, params: Record<string, string | number> = {}) =>
  translate(ctx.registry.words, ctx.principal.language, key, params);

function titled(ctx: Context, { title }: Resolved, answer: ReportAnswer): { title: string } {
  const entity = ctx.registry.byName.get(answer.entity)?.label[ctx.principal.language] ?? '';
  return { title: title || say(ctx, 'analysis.untitled', { entity }) };
}

interface Head {
  label: string;
  value: AnswerValue | null;
}

/** The table as it stands on the screen: keys, then the numbers of every column, then their total. */
function headsOf(ctx: Context, { rows, columns, columnKeys, values }: ReportAnswer): Head[] {
  const groups = rows.map(({ label }) => ({ label, value: null }));
  if (columns.length === 0) return [...groups, ...values.map((value) => ({ label: value.label, value }))];
  const named = [
    ...columnKeys.map(({ keys }) => keys.map(({ label }) => label).join(' · ')),
    say(ctx, 'analysis.total'),
  ];
  return [
    ...groups,
    ...named.flatMap((name) =>
      values.map((value) => ({ label: values.length > 1 ? `${name} · ${value.label}` : name, value })),
    ),
  ];
}

function numbersOf(answer: ReportAnswer, cells: (string | null)[][], total: (string | null)[]) {
  return answer.columns.length ? [...cells.flat(), ...total] : total;
}

async function sheetOf(ctx: Context, title: string, answer: ReportAnswer): Promise<Buffer> {
  const heads = headsOf(ctx, answer);
  const columns = heads.map(
    ({ label, value }): Column => ({ header: label, kind: value ? sheetKind(value) : 'text' }),
  );
  const { length: groups } = answer.rows;
  const plain = (numbers: (string | null)[]) =>
    numbers.map((number, at) => cellText(ctx, heads[groups + at]?.value ?? null, number));
  const lines = answer.lines.map(({ keys, cells, total }) => [
    ...keys.map(({ label }) => label),
    ...plain(numbersOf(answer, cells, total)),
  ]);
  const { columns: cells, all } = answer.totals;
  if (groups)
    lines.push([
      say(ctx, 'analysis.total'),
      ...Array.from({ length: groups - 1 }, () => ''),
      ...plain(numbersOf(answer, cells, all)),
    ]);
  const out = new PassThrough();
  const [content] = await Promise.all([buffer(out), writeTable(out, 'xlsx', columns, lines, title)]);
  return content;
}

const sheetKind = ({ kind }: AnswerValue): Column['kind'] =>
  kind === 'date' ? 'date' : kind === 'instant' ? 'datetime' : 'number';

const cellText = (ctx: Context, value: AnswerValue | null, number: string | null) =>
  number !== null && value?.kind === 'instant' ? instantToLocal(isoOf(number), ctx.timeZone) : number;

/** PostgreSQL writes an instant as text with a space and `+00`. */
const isoOf = (text: string) => text.replace(' ', 'T').replace(/\+00$/, 'Z');

/** Numbers as people read them on paper. */
function written(ctx: Context, { kind }: AnswerValue, number: string | null): string {
  if (number === null) return '';
  if (kind === 'date') return number;
  if (kind === 'instant') return instantToLocal(isoOf(number), ctx.timeZone).replace('T', ' ').slice(0, 16);
  if (kind === 'percent') return `${(Number(number) * 100).toFixed(1)}%`;
  const digits =
    kind === 'money' ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumFractionDigits: 1 };
  return new Intl.NumberFormat(ctx.principal.language, digits).format(number as unknown as number);
}

/** Reports as A4 pages, one after the other. */
export function pageOf(
  ctx: Context,
  company: string,
  title: string,
  parts: readonly { title: string; answer: ReportAnswer }[],
): PrintPage {
  return {
    title,
    company,
    landscape: true,
    language: ctx.principal.language,
    blocks: parts.flatMap(({ title: name, answer }) => [
      ...(name ? [{ kind: 'text' as const, text: name }] : []),
      tableOf(ctx, answer),
    ]),
    note: say(ctx, 'analysis.printed', {
      at: instantToLocal(ctx.now, ctx.timeZone).replace('T', ' ').slice(0, 16),
    }),
  };
}

const MOST_COLUMNS = 14;
const MOST_LINES = 500;

function tableOf(ctx: Context, answer: ReportAnswer): PrintPage['blocks'][number] {
  const heads = headsOf(ctx, answer).slice(0, MOST_COLUMNS);
  const { length: groups } = answer.rows;
  const texts = (numbers: (string | null)[]) =>
    numbers.map((number, at) => {
      const value = heads[groups + at]?.value;
      return value ? written(ctx, value, number) : '';
    });
  const { columns, all } = answer.totals;
  return {
    kind: 'table',
    columns: heads.map(({ label, value }) =>
      value ? { label, align: 'right' as const } : { label, weight: 1.8 },
    ),
    rows: answer.lines
      .slice(0, MOST_LINES)
      .map(({ keys, cells, total }) => [
        ...keys.map(({ label }) => label),
        ...texts(numbersOf(answer, cells, total)),
      ]),
    ...(groups
      ? {
          total: [
            say(ctx, 'analysis.total'),
            ...Array.from({ length: groups - 1 }, () => ''),
            ...texts(numbersOf(answer, columns, all)),
          ],
        }
      : {}),
  };
}

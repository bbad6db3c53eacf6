import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { needsApproval } from '../../../platform/approvals/start.ts';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { renderPdf } from '../../../platform/print/print.ts';
import { writeTable } from '../../../platform/tabular/write.ts';
import type { Column } from '../../../platform/tabular/write-types.ts';
import { instantToLocal } from '../../../platform/time/instant.shared.ts';
import type { Scheme } from './compute.ts';
import { type Assessment, assessmentOf } from './read.ts';

/** Results of the people one may take out of the house, as a table: a place, a name, the scores, the total, the signature. */
export async function assessmentFile(
  ctx: Context,
  scheme: Scheme,
  startsOn: string,
  format: 'xlsx' | 'pdf',
  company: string,
): Promise<{ name: string; content: Buffer }> {
  if (!ctx.policies.for('salesTarget').can('export')) throw forbidden('export_forbidden');
  if (await needsApproval(ctx, 'export')) throw problem('analysis_needs_approval', { status: 409 });
  const assessment = await assessmentOf(ctx, scheme, startsOn, 'export');
  const title = `${scheme.name} ${startsOn.slice(0, scheme.period === 'year' ? 4 : 7)}`;
  await inTransaction(ctx, (inner) =>
    writeAudit(inner, { action: 'export', entity: 'assessmentScheme', recordId: scheme.id, note: title }),
  );
  const say = (key: string, params: Record<string, string> = {}) =>
    translate(ctx.registry.words, ctx.principal.language, key, params);
  const columns = columnsOf(assessment, say);
  const rows = rowsOf(assessment, say);
  if (format === 'pdf') {
    const at = instantToLocal(ctx.now, ctx.timeZone).replace('T', ' ').slice(0, 16);
    const content = await renderPdf({
      title,
      company,
      landscape: true,
      language: ctx.principal.language,
      blocks: [
        {
          kind: 'table',
          columns: columns.map(({ header, kind }) =>
            kind === 'number' ? { label: header, align: 'right' as const } : { label: header },
          ),
          rows: rows.map((row) => row.map((cell) => cell ?? '')),
        },
      ],
      signatures: [{ label: say('assessment.made') }, { label: say('assessment.checked') }],
      note: say('analysis.printed', { at }),
      ...(assessment.lockedAt ? {} : { watermark: say('assessment.preview') }),
    });
    return { name: `${title}.pdf`, content };
  }
  const out = new PassThrough();
  const [content] = await Promise.all([buffer(out), writeTable(out, 'xlsx', columns, rows, title)]);
  return { name: `${title}.xlsx`, content };
}

type Say = (key: string) => string;

function columnsOf({ definition }: Assessment, say: Say): Column[] {
  return [
    { header: say('assessment.rank'), kind: 'number' },
    { header: say('assessment.person'), kind: 'text' },
    ...definition.indicators.map(
      ({ name, weight }): Column => ({ header: `${name} (${weight}%)`, kind: 'number' }),
    ),
    { header: say('assessment.total'), kind: 'number' },
    { header: say('assessment.level'), kind: 'text' },
    { header: say('assessment.state'), kind: 'text' },
    { header: say('assessment.remark'), kind: 'text' },
  ];
}

const rowsOf = ({ results }: Assessment, say: Say): (string | null)[][] =>
  results.map(({ rank, name, scores, total, level, state, reason, answer }) => [
    String(rank),
    name,
    ...scores.map(({ score }) => score),
    total,
    level,
    state ? say(`assessment.state.${state}`) : say('assessment.preview'),
    [reason, answer].filter(Boolean).join(' / ') || null,
  ]);

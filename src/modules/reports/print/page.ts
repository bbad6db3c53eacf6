import type { Context } from '../../../platform/context/context.ts';
import { figureLabel } from '../../../platform/figures/read.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import type { PrintBlock, PrintPage } from '../../../platform/print/page.ts';
import { instantToLocal } from '../../../platform/time/instant.shared.ts';
import type { QuotaState } from '../quota/read.ts';
import { periodOf, type ReportKind } from '../report/period.ts';
import type { TeamLine } from '../report/team.ts';

const say = (ctx: Context, key: string, params: Record<string, string | number> = {}): string =>
  translate(ctx.registry.words, ctx.principal.language, key, params);

const periodText = (kind: ReportKind, date: string): string => {
  const { from, to } = periodOf(kind, date);
  return from === to ? from : `${from} – ${to}`;
};

interface PrintedReport {
  kind: ReportKind;
  date: string;
  person: string;
  handedInAt: string | null;
  readAt: string | null;
  reader: string | null;
  /** Null where the reader may not know them. */
  words: string | null;
  plan: string | null;
  figures: readonly { name: string; value: number }[];
  quotas: readonly QuotaState[];
}

/** One report as a page: what it counts, what was asked for, and what its author says; not handed in, it is a draft. */
export function reportPage(ctx: Context, company: string, report: PrintedReport): PrintPage {
  const { kind, date, person, handedInAt, readAt, reader, words, plan, figures, quotas } = report;
  return {
    title: say(ctx, `workReport.kind.${kind}`),
    subtitle: `${person} · ${periodText(kind, date)}`,
    company,
    language: ctx.principal.language,
    ...(handedInAt ? {} : { watermark: say(ctx, 'reports.print.draft') }),
    blocks: [
      {
        kind: 'table',
        columns: [
          { label: say(ctx, 'reports.print.what'), weight: 3 },
          { label: say(ctx, 'reports.print.number'), align: 'right' },
        ],
        rows: figures.map(({ name, value }) => [figureLabel(ctx, name), String(value)]),
      },
      ...(quotas.length ? [quotaTable(ctx, quotas)] : []),
      ...told(say(ctx, 'reports.print.words'), words),
      ...told(say(ctx, 'workReport.plan'), plan),
    ],
    signatures: [
      { label: say(ctx, 'reports.print.by'), name: person, ...signed(ctx, handedInAt) },
      {
        label: say(ctx, 'reports.print.reader'),
        ...(reader ? { name: reader } : {}),
        ...signed(ctx, readAt),
      },
    ],
    note: printed(ctx),
  };
}

function quotaTable(ctx: Context, quotas: readonly QuotaState[]): PrintBlock {
  const words = ['what', 'done', 'least'].map((name) => say(ctx, `reports.print.${name}`));
  return {
    kind: 'table',
    columns: words.map((label, at) => (at === 0 ? { label, weight: 3 } : { label, align: 'right' as const })),
    rows: quotas.map(({ name, value, least, met }) => [name, `${value}${met ? ' ✓' : ''}`, String(least)]),
  };
}

const told = (label: string, text: string | null): PrintBlock[] =>
  text
    ? [
        { kind: 'text', text: label, muted: true },
        { kind: 'text', text },
      ]
    : [];

const minute = (ctx: Context, at: string) => instantToLocal(at, ctx.timeZone).replace('T', ' ').slice(0, 16);
const signed = (ctx: Context, at: string | null) => (at ? { date: minute(ctx, at) } : {});
const printed = (ctx: Context) => say(ctx, 'reports.print.at', { at: minute(ctx, ctx.now) });

/** Who has handed in and who has not, with their numbers side by side and what they come to. */
export function teamPage(
  ctx: Context,
  company: string,
  { kind, date, lines }: { kind: ReportKind; date: string; lines: readonly TeamLine[] },
): PrintPage {
  const names = [...new Set(lines.flatMap(({ figures }) => figures.map(({ name }) => name)))];
  const numberOf = (line: TeamLine, name: string) => line.figures.find((each) => each.name === name)?.value;
  const sum = (name: string) => lines.reduce((total, line) => total + (numberOf(line, name) ?? 0), 0);
  const handedIn = lines.filter(({ report }) => report !== null);
  const missing = lines.filter(({ report }) => report === null).map(({ person }) => person.title);
  return {
    title: say(ctx, `reports.print.team.${kind}`),
    subtitle: periodText(kind, date),
    company,
    landscape: true,
    language: ctx.principal.language,
    blocks: [
      {
        kind: 'facts',
        facts: [
          { label: say(ctx, 'reports.print.handedIn'), value: `${handedIn.length} / ${lines.length}` },
          {
            label: say(ctx, 'reports.print.missing'),
            value: missing.join(ctx.principal.language === 'zh' ? '、' : ', '),
          },
        ],
      },
      {
        kind: 'table',
        columns: [
          { label: say(ctx, 'reports.print.person'), weight: 1.4 },
          { label: say(ctx, 'workReport.status') },
          ...names.map((name) => ({ label: figureLabel(ctx, name), align: 'right' as const })),
          { label: say(ctx, 'reports.print.words'), weight: 5 },
        ],
        rows: lines.map((line) => [
          line.person.title,
          say(ctx, `reports.print.state.${line.status}`),
          ...names.map((name) => (line.report ? String(numberOf(line, name) ?? '') : '')),
          line.words ?? '',
        ]),
        total: [say(ctx, 'reports.print.total'), '', ...names.map((name) => String(sum(name))), ''],
      },
    ],
    note: printed(ctx),
  };
}

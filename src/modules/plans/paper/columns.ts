import type { Context } from '../../../platform/context/context.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { CUT } from '../plan/cut.shared.ts';

/** What a column of a plan's table holds; of a month its place in the year behind the name. */
export type PlanColumn =
  | (typeof CUT)[number]
  | 'amount'
  | 'quantity'
  | 'remark'
  | `amount.${number}`
  | `quantity.${number}`;

const LANGUAGES = ['zh', 'en'] as const;
const FIELDS = [...CUT, 'amount', 'quantity', 'remark'] as const;
const MEASURES = ['amount', 'quantity'] as const;

/** Headers in the reader's words: 金额 2026-01. */
export function headerOf(ctx: Context, column: PlanColumn, months: readonly string[]): string {
  const [field = '', at] = column.split('.');
  const label =
    ctx.registry.byName.get('salesPlanLine')?.fields[field]?.label[ctx.principal.language] ?? field;
  return at === undefined ? label : `${label} ${months[Number(at)]?.slice(0, 7) ?? ''}`;
}

/** What a header stands for, in either language: also 1月, 2026年1月 or 金额1月 for a month. */
export function columnReader(ctx: Context, months: readonly string[]): (header: string) => PlanColumn | null {
  const fields = ctx.registry.byName.get('salesPlanLine')?.fields ?? {};
  const plain = (text: string) =>
    text
      .normalize('NFKC')
      .replace(/[\s()（）_:：-]/g, '')
      .toLowerCase();
  const names = new Map<string, (typeof FIELDS)[number]>();
  for (const name of FIELDS)
    for (const language of LANGUAGES) {
      names.set(plain(fields[name]?.label[language] ?? name), name);
      for (const word of synonyms(ctx, language, name)) names.set(plain(word), name);
    }
  return (header) => {
    const whole = names.get(plain(header));
    if (whole) return whole;
    const match = /^(\D*?)(?:(\d{4})[-/.年]?)?(\d{1,2})月?$/.exec(header.normalize('NFKC').trim());
    if (!match) return null;
    const [, before = '', year, month = ''] = match;
    const at = months.findIndex(
      (day) => Number(day.slice(5, 7)) === Number(month) && (!year || day.startsWith(year)),
    );
    const measure = before.trim() === '' ? 'amount' : names.get(plain(before));
    return at >= 0 && MEASURES.some((each) => each === measure) ? (`${measure}.${at}` as PlanColumn) : null;
  };
}

const synonyms = (ctx: Context, language: 'zh' | 'en', name: string): string[] => {
  const key = `salesPlanLine.${name}.synonyms`;
  const text = translate(ctx.registry.words, language, key);
  return text === key ? [] : text.split('|');
};

import type { Context } from '../../../platform/context/context.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import type { SheetColumn } from '../form/form.shared.ts';
import { type Reach, wordOf } from './base.ts';

/** `2026 年第三季度`. */
export function periodWords(ctx: Context, period: string): string {
  const year = period.slice(0, 4);
  const rest = period.slice(5);
  if (rest.startsWith('Q')) return wordOf(ctx, `forms.period.${rest}`, { year });
  return rest
    ? wordOf(ctx, 'forms.period.month', { year, month: Number(rest) })
    : wordOf(ctx, 'forms.period.year', { year });
}

const NAMED = { department: 'department', person: 'user', segment: 'segment' } as const;

/** Whose customers, in words. What one sees is another thing for everybody, so it is said who. */
export async function reachWords(ctx: Context, { kind, id }: Reach): Promise<string> {
  const { userId } = ctx.principal;
  if (kind === 'visible' || !id) {
    const seers = await titlesOf(ctx, new Map([['user', new Set(userId ? [userId] : [])]]));
    const name = seers.get(userId ?? '');
    return name ? wordOf(ctx, 'forms.reach.visibleTo', { name }) : wordOf(ctx, 'forms.reach.visible');
  }
  const names = await titlesOf(ctx, new Map([[NAMED[kind], new Set([id])]]));
  return names.get(id) ?? wordOf(ctx, `forms.reach.${kind}`);
}

export const columnWords = (ctx: Context, { name, labels }: SheetColumn): string =>
  labels ? labels[ctx.principal.language] : wordOf(ctx, `forms.column.${name}`);

/** A cell as it stands on paper. */
export function cellWords(
  ctx: Context,
  { kind }: Pick<SheetColumn, 'kind'>,
  value: string | null | undefined,
): string {
  if (value === null || value === undefined || value === '')
    return kind === 'text' || kind === 'date' ? '' : '—';
  if (kind === 'percent') return `${value}%`;
  if (kind === 'money') return formatMoney({ amount: value, currency: ctx.currency });
  return value;
}

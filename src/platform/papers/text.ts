import type { Context } from '../context/context.ts';
import { fieldText } from '../entity/field-text.ts';
import type { Field } from '../entity/types.ts';
import { capitalAmount } from '../money/capitals.shared.ts';
import { formatDecimal, formatMoney } from '../money/format.shared.ts';
import type { Money } from '../money/money.shared.ts';
import { formatLongDate } from '../time/format.shared.ts';
import { HIDDEN } from './paper.ts';

/** A field's value in every way a template may ask for it: `total`, `total.capitals`, `total.number`. */
export function fieldTexts(
  ctx: Context,
  { name, kind, options }: Pick<Field, 'name' | 'kind' | 'options'>,
  value: unknown,
  written?: (value: unknown, ctx: Context) => string,
): Record<string, string> {
  if (value === HIDDEN)
    return kind === 'money'
      ? { [name]: HIDDEN, [`${name}.capitals`]: HIDDEN, [`${name}.number`]: HIDDEN }
      : kind === 'date'
        ? { [name]: HIDDEN, [`${name}.long`]: HIDDEN }
        : { [name]: HIDDEN };
  if (written) return { [name]: written(value, ctx) };
  const { language } = ctx.principal;
  if (kind === 'money' && value !== null && typeof value === 'object') {
    const money = value as Money;
    const bare = formatMoney({ ...money }).replace(/^(-?)[^\d-]*/, '$1');
    return {
      [name]: formatMoney(money),
      [`${name}.capitals`]: money.currency === 'CNY' ? capitalAmount(money.amount) : formatMoney(money),
      [`${name}.number`]: bare,
    };
  }
  if (kind === 'date' && typeof value === 'string')
    return {
      [name]: fieldText(ctx, { kind, options }, value),
      [`${name}.long`]: formatLongDate(value, language),
    };
  if (kind === 'decimal' && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
    return { [name]: formatDecimal(value, language) };
  return { [name]: fieldText(ctx, { kind, options }, value) };
}

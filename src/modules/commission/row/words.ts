import type { Context } from '../../../platform/context/context.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import type { How } from './how.shared.ts';

type Circumstances = Pick<Context, 'registry' | 'principal' | 'currency'>;

/** How a row came, as one can say it: what was received, what of it counts, whose share, and in which tiers. */
export function howWords(
  ctx: Circumstances,
  how: How | null,
  base: string | null,
  names: ReadonlyMap<string, string>,
): string {
  if (!how || base === null) return '';
  const say = (key: string, params: Record<string, string> = {}) =>
    translate(ctx.registry.words, ctx.principal.language, `commission.how.${key}`, params);
  const money = (amount: string) => formatMoney({ amount, currency: ctx.currency });
  const share =
    new Exact(how.percent).eq(100) || new Exact(how.percent).isZero()
      ? ''
      : say('share', { percent: decimal(how.percent) });
  const steps = [
    say('received', { amount: money(how.received) }),
    how.base === 'gross'
      ? ''
      : say(how.base, { percent: decimal(new Exact(how.ratio).times(100).toDecimalPlaces(2).toFixed()) }),
    new Exact(how.factor).eq(1) ? '' : say('factor', { factor: decimal(how.factor) }),
    share,
    how.refused ? say(how.refused) : '',
    how.via ? say('via', { name: names.get(how.via) ?? '' }) : '',
    say('base', { amount: money(base), before: money(how.before), after: money(how.after) }),
    how.mode === 'whole'
      ? say('whole', { rate: decimal(how.rate) })
      : how.parts.map(({ base: part, rate }) => `${money(part)} × ${decimal(rate)}%`).join(' + '),
    how.capped ? say('capped') : '',
  ];
  return steps.filter(Boolean).join(ctx.principal.language === 'zh' ? '；' : '; ');
}

const decimal = (value: string) => new Exact(value).toFixed();

import type { Context } from '../../../../platform/context/context.ts';
import { translate } from '../../../../platform/i18n/translations.ts';
import { formatMoney } from '../../../../platform/money/format.shared.ts';
import { Exact } from '../../../../platform/money/money.shared.ts';
import type { How } from '../reckon/how.shared.ts';

type Circumstances = Pick<Context, 'registry' | 'principal'>;

/** How a movement came, as one can say it: what counts, what was reached by it, and in which tiers it lies. */
export function howWords(ctx: Circumstances, how: How | null, base: string, currency: string): string {
  if (!how) return '';
  const { language } = ctx.principal;
  const say = (key: string, params: Record<string, string> = {}) =>
    translate(ctx.registry.words, language, `rebate.how.${key}`, params);
  const pieces = how.measure === 'quantity';
  const money = (amount: string) => formatMoney({ amount, currency });
  const sum = (amount: string) => (pieces ? plain(amount) : money(amount));
  const rate = (of: string) => (pieces ? money(of) : `${plain(of)}%`);
  const steps = [
    say(how.counted, { amount: sum(base) }),
    say('reached', { before: sum(how.before), after: sum(how.after) }),
    how.mode === 'whole'
      ? say('whole', { rate: rate(how.rate) })
      : how.parts.map((part) => `${sum(part.base)} × ${rate(part.rate)}`).join(' + '),
    how.capped ? say('capped') : '',
  ];
  return steps.filter(Boolean).join(language === 'zh' ? '；' : '; ');
}

const plain = (value: string) => new Exact(value).toFixed();

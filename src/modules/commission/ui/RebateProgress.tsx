import { useTranslation } from 'react-i18next';
import { groupDigits, moneyText } from '../../../web/fields/format.ts';
import type { RebateProgress as Progress } from '../rebate/read/progress.ts';
import './commission.css';

export type Terms = Pick<Progress, 'measure' | 'currency'>;

/** What counts, and rates, in the words of an agreement. */
export function useRebateWords({ measure, currency }: Terms) {
  const { t } = useTranslation();
  const pieces = measure === 'quantity';
  const money = (amount: string) => moneyText({ amount, currency });
  return {
    money,
    sum: (amount: string) => (pieces ? t('rebates.pieces', { count: groupDigits(amount) }) : money(amount)),
    rate: (rate: string) => (pieces ? t('rebates.each', { amount: money(rate) }) : `${Number(rate)}%`),
  };
}

/** How far a customer has come in the period of today, and what the next tier brings. */
export function RebateProgress({ progress }: { progress: Omit<Progress, 'customer'> }) {
  const { t } = useTranslation();
  const { money, sum, rate } = useRebateWords(progress);
  const { base, next, amount, counted, from, to, daysLeft } = progress;
  const share = next ? Math.min(100, Math.max(0, (Number(base) / Number(next.from)) * 100)) : 100;
  return (
    <div className="rebate-progress">
      <p>
        {t(`rebates.${counted}`, { sum: sum(base) })}
        {' · '}
        {t('rebates.accrued', { rate: rate(progress.rate), amount: money(amount) })}
      </p>
      <span className="commission-bar" aria-hidden>
        <span style={{ width: `${share}%` }} />
      </span>
      {next && (
        <p className="rebate-next">
          {t('rebates.next', {
            missing: sum(next.missing),
            rate: rate(next.rate),
            amount: money(next.amount),
          })}
        </p>
      )}
      <p className="quiet">
        {from} – {to}
        {progress.status === 'inForce' && daysLeft > 0
          ? ` · ${t('rebates.daysLeft', { count: daysLeft })}`
          : ''}
        {Number(progress.open) !== 0 ? ` · ${t('commission.status.open')} ${money(progress.open)}` : ''}
      </p>
    </div>
  );
}

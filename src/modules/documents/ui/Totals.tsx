import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { capitalAmount } from '../../../platform/money/capitals.shared.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { moneyText } from '../../../web/fields/format.ts';
import type { FootProps } from '../../../web/lines/rules.ts';
import { amountsOf } from './amounts.ts';

const WholeMargin = lazy(() => import('./Margins.tsx').then((m) => ({ default: m.WholeMargin })));

/** What the lines come to: sum, deduction, net, tax, total, and the total in capitals. */
export function Totals({ head, rows }: FootProps) {
  const { t } = useTranslation();
  const { company } = useMeta();
  const currency = (head.currency as string | null | undefined) ?? company.currency;
  const amounts = amountsOf(head, rows, currency);
  if (!amounts) return <p className="field-error">{t('documents.deductionTooLarge')}</p>;
  const { total, sum, deduction } = amounts;
  const money = (amount: string) => moneyText({ amount, currency });
  return (
    <div className="lines-foot" aria-live="polite">
      {deduction && !new Exact(deduction).isZero() && (
        <span>
          {t('documents.sum', { amount: money(new Exact(sum).toFixed(2)) })}{' '}
          {t('documents.deducted', { amount: money(new Exact(deduction).toFixed(2)) })}
        </span>
      )}
      <span className="quiet">{t('documents.net', { amount: money(total.net) })}</span>
      <span className="quiet">{t('documents.tax', { amount: money(total.tax) })}</span>
      <Suspense fallback={null}>
        <WholeMargin head={head} rows={rows} />
      </Suspense>
      <span className="total">{t('documents.total', { amount: money(total.gross) })}</span>
      {currency === 'CNY' && !new Exact(total.gross).isZero() && new Exact(total.gross).lt(1e16) && (
        <span className="capitals quiet">{capitalAmount(total.gross)}</span>
      )}
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { Exact } from '../../../platform/money/money.shared.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { moneyText } from '../../../web/fields/format.ts';
import type { Row } from '../../../web/lines/rows.ts';
import type { RowProps } from '../../../web/lines/rules.ts';
import type { Margin } from '../margin/margin.shared.ts';
import { marginOfAll, marginsOf, seesCosts } from './earning.ts';

const currencyOf = (head: Row, company: { currency: string }) =>
  (head.currency as string | null | undefined) ?? company.currency;

/** Below nought we pay for selling it. */
const tone = ({ earned }: Margin) => (new Exact(earned).isNegative() ? 'margin loss' : 'margin');

/** What a line earns, for those who see what it costs. */
export function LineMargin({ head, rows, at }: RowProps) {
  const { t } = useTranslation();
  const { company } = useMeta();
  if (!seesCosts(rows)) return null;
  const margin = marginsOf(head, rows, currencyOf(head, company))[at];
  if (!margin?.rate) return null;
  return <small className={tone(margin)}>{t('documents.marginRate', { rate: margin.rate })}</small>;
}

/** What all lines earn together. */
export function WholeMargin({ head, rows }: { head: Row; rows: readonly Row[] }) {
  const { t } = useTranslation();
  const { company } = useMeta();
  const currency = currencyOf(head, company);
  if (!seesCosts(rows)) return null;
  const { margin, unknown } = marginOfAll(head, rows, currency);
  if (!margin) return null;
  const amount = moneyText({ amount: margin.earned, currency });
  return (
    <span className={tone(margin)}>
      {margin.rate === null
        ? t('documents.marginAmount', { amount })
        : t('documents.margin', { amount, rate: margin.rate })}
      {unknown > 0 && ` ${t('documents.marginUnknown', { count: unknown })}`}
    </span>
  );
}

import { useTranslation } from 'react-i18next';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import { valueText } from '../../../web/fields/format.ts';
import type { Waiting } from '../../orders/public.ts';

/** When an instalment falls due, or what it waits for as long as it has no day, as so many pieces of so many that have arrived. */
export function useDueText() {
  const { t } = useTranslation();
  const meta = useMeta();
  const line = meta.entity('orderLine');
  const units = line && fieldOf(line, 'unit');
  return (due: string | null, waits: Waiting | null): string => {
    if (due !== null) return due;
    if (!waits) return t('money.noDay');
    if (!waits.arrival) return t(`money.waits.${waits.event}`);
    const { arrived, ordered, unit } = waits.arrival;
    const named = unit === null ? t('money.waits.lines') : units && unit ? valueText(units, unit) : unit;
    return t('money.waits.arrivalOf', { arrived, ordered, unit: named });
  };
}

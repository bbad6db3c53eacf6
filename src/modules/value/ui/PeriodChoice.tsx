import { Select } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf } from '../../../web/fields/format.ts';
import { daysOf, PERIODS, type Period, periodNamed } from './wish.ts';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

interface Props {
  from: string;
  to: string;
  onChange(days: { from: string; to: string }): void;
}

/** A named period, or the days one likes. */
export function PeriodChoice({ from, to, onChange }: Props) {
  const { t } = useTranslation();
  const now = dayOf(new Date().toISOString());
  const named = periodNamed(from, to, now);
  const set = (days: { from: string; to: string }) => {
    if (days.from <= days.to) onChange(days);
  };
  return (
    <div className="profit-period">
      <Select<Period | 'own'>
        aria-label={t('worth.period')}
        value={named ?? 'own'}
        onChange={(next) => next !== 'own' && onChange(daysOf(next, now))}
        options={[
          ...PERIODS.map((value) => ({ value, label: t(`worth.period.${value}`) })),
          ...(named ? [] : [{ value: 'own' as const, label: t('worth.period.own') }]),
        ]}
      />
      <Suspense fallback={null}>
        <span className="profit-day">
          <DateInput
            label={t('worth.from')}
            withTime={false}
            value={from}
            onChange={(next) => next && set({ from: next, to: next > to ? next : to })}
          />
        </span>
        <span className="quiet">–</span>
        <span className="profit-day">
          <DateInput
            label={t('worth.to')}
            withTime={false}
            value={to}
            onChange={(next) => next && set({ from: next < from ? next : from, to: next })}
          />
        </span>
      </Suspense>
    </div>
  );
}

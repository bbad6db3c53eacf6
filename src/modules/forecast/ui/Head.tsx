import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ForecastPage } from '../page/page.shared.ts';
import type { Wish } from './wish.ts';

/** The period in words. */
export function usePeriodName(): (key: string) => string {
  const { t } = useTranslation();
  return (key) => {
    const [year = '', part = ''] = key.split('-');
    return part.startsWith('Q')
      ? t('forecast.quarterName', { year, quarter: part.slice(1) })
      : t('forecast.monthName', { year, month: Number(part) });
  };
}

/** The head of a page of the forecast: of which period, and what can be done. */
export function Head({
  title,
  page,
  to,
  wish,
  children,
}: {
  title: string;
  page: Pick<ForecastPage, 'period' | 'unit' | 'around'>;
  to: string;
  wish: Wish;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const nameOf = usePeriodName();
  const go = (period: string) =>
    void navigate({ to: to as string, search: { ...wish, period } as never, replace: true });
  const { around, unit, period } = page;
  return (
    <div className="head">
      <h1 tabIndex={-1}>{title}</h1>
      <fieldset className="forecast-period" aria-label={t('forecast.period')}>
        <button
          type="button"
          className="icon-button"
          aria-label={t('forecast.earlier')}
          onClick={() => go(around.previous)}
        >
          <LeftOutlined aria-hidden />
        </button>
        <b>{nameOf(period)}</b>
        <button
          type="button"
          className="icon-button"
          aria-label={t('forecast.later')}
          onClick={() => go(around.next)}
        >
          <RightOutlined aria-hidden />
        </button>
      </fieldset>
      <Segmented
        aria-label={t('forecast.unit')}
        value={unit}
        onChange={(next) => go(around[next as 'month' | 'quarter'])}
        options={(['month', 'quarter'] as const).map((value) => ({ value, label: t(`forecast.${value}`) }))}
      />
      <span className="fill" />
      {children}
    </div>
  );
}

import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeasures } from './api.ts';

interface Choice {
  measure: string | undefined;
  onChange(measure: string): void;
}

/** Of which measure a page tells. */
export function MeasureChoice({ measure, onChange }: Choice) {
  const { t } = useTranslation();
  const { data, isLoading } = useMeasures();
  return (
    <Select
      aria-label={t('perf.measure')}
      value={measure ?? null}
      loading={isLoading}
      onChange={(next) => onChange(next as string)}
      options={data?.items.map(({ name, label }) => ({ value: name, label })) ?? []}
      popupMatchSelectWidth={false}
    />
  );
}

/** In place of a table without rows. */
export function EmptyCard({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <section className="card">
      <div className="empty-page">
        <h2>{title}</h2>
        <p>{text}</p>
        {children}
      </div>
    </section>
  );
}

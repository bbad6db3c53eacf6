import { useQuery } from '@tanstack/react-query';
import { Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import { RecordsDrawer } from '../../../web/grid/RecordsDrawer.tsx';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { BASES, type Basis } from '../progress/basis.shared.ts';
import { GROUPED_BY, type GroupedBy, type Progress, type Unit } from '../progress/progress.shared.ts';
import { Comparison, type Opened } from './Comparison.tsx';
import { Course } from './Course.tsx';

/** A plan beside what came, over some months and month by month; every number leads to its records. */
export function ProgressView({ plan }: { plan: WireRecord }) {
  const { t } = useTranslation();
  const [basis, setBasis] = useState<Basis>('orders');
  const { data, error, refetch } = useQuery({
    queryKey: ['plan-progress', plan.id, plan.version, basis],
    queryFn: ({ signal }) => get<Progress>(`/sales-plans/${plan.id}/progress`, { basis }, signal),
    placeholderData: (old) => old,
  });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <Shown
      data={data}
      basis={
        <Segmented
          aria-label={t('planning.basis')}
          value={basis}
          onChange={setBasis}
          options={BASES.map((value) => ({ value, label: t(`planning.basis.${value}`) }))}
        />
      }
    />
  );
}

function Shown({ data, basis }: { data: Progress; basis: React.ReactNode }) {
  const { t } = useTranslation();
  const current = Math.max(
    0,
    data.months.findLastIndex((month) => month <= data.today),
  );
  const [unit, setUnit] = useState<Unit>('amounts');
  const [by, setBy] = useState<GroupedBy>('line');
  const [span, setSpan] = useState<'sum' | 'month' | 'year'>('sum');
  const [at, setAt] = useState(current);
  const [picked, setPicked] = useState<string | null>(null);
  const [open, setOpen] = useState<Opened | null>(null);
  const range: [number, number] = span === 'year' ? [0, 11] : span === 'month' ? [at, at] : [0, at];
  const shown = data.tellsQuantity ? unit : 'amounts';
  const groups = data.tellsProduct ? GROUPED_BY : GROUPED_BY.filter((each) => each !== 'product');
  return (
    <>
      <div className="plan-tools">
        {basis}
        {data.tellsQuantity && (
          <Segmented
            aria-label={t('planning.unit')}
            value={shown}
            onChange={setUnit}
            options={(['amounts', 'quantities'] as const).map((value) => ({
              value,
              label: t(`planning.unit.${value}`, { currency: data.currency }),
            }))}
          />
        )}
        <Segmented
          aria-label={t('planning.span')}
          value={span}
          onChange={setSpan}
          options={(['sum', 'month', 'year'] as const).map((value) => ({
            value,
            label: t(`planning.span.${value}`),
          }))}
        />
        {span !== 'year' && (
          <Select
            aria-label={t('planning.until')}
            value={at}
            onChange={setAt}
            options={data.months.map((month, value) => ({ value, label: month.slice(0, 7) }))}
          />
        )}
        <Select
          aria-label={t('planning.by')}
          value={by}
          onChange={setBy}
          options={groups.map((value) => ({ value, label: t(`planning.by.${value}`) }))}
        />
      </div>
      {(data.part || !data.tellsProduct) && (
        <p className="quiet plan-hint">
          {[data.part && t('planning.part'), !data.tellsProduct && t('planning.noProduct')]
            .filter(Boolean)
            .join(' ')}
        </p>
      )}
      <Comparison
        data={data}
        unit={shown}
        by={by}
        range={range}
        picked={picked}
        onPick={setPicked}
        onOpen={setOpen}
      />
      <Course data={data} unit={shown} picked={picked} onOpen={setOpen} />
      {open && (
        <RecordsDrawer
          title={t('planning.behind', {
            name: open.name,
            from: data.months[open.from]?.slice(0, 7),
            to: data.months[open.to]?.slice(0, 7),
          })}
          path={`/sales-plans/${data.id}/records`}
          asked={{
            basis: data.basis,
            forecast: open.forecast,
            key: open.key,
            from: open.from,
            to: open.to,
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

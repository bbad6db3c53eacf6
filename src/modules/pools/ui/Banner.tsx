import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import type { MetaField, Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { FieldValue } from '../../../web/fields/FieldValue.tsx';
import { dayOf, isEmpty } from '../../../web/fields/format.ts';
import { toastError } from '../../../web/shell/toasts.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import { moveCustomers, usePools } from './api.ts';
import './pools.css';

export interface Standing {
  items: {
    id: string;
    at: string;
    kind: string;
    reason: string | null;
    actor: string | null;
    fromOwner: string | null;
    toOwner: string | null;
    fromPool: string | null;
    toPool: string | null;
    /** Of a customer that has become part of this one: its name. */
    part: string | null;
  }[];
  protectedUntil: string | null;
  barredUntil: string | null;
  recycleOn: string | null;
  keptBy: string[];
  warned: boolean;
}

/** Part of the record's own answers, so that live updates refresh it. */
export const useStanding = (record: WireRecord) =>
  useQuery({
    queryKey: ['record', 'customers', record.id, 'moves', record.version],
    queryFn: () => get<Standing>(`/customers/${record.id}/moves`),
    staleTime: 0,
  });

/** On the file: that it waits in a pool and can be taken, or that it is about to go into one. */
export function PoolBanner({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useStanding(record);
  const { data: pools } = usePools();
  const [busy, setBusy] = useState(false);
  const pool = record.pool as Reference | null | undefined;
  const mine = pools?.items.find((each) => each.id === pool?.id);
  const claim = async () => {
    setBusy(true);
    await moveCustomers('claim', { ids: [record.id] });
    await queryClient.invalidateQueries({ queryKey: ['record', 'customers', record.id] });
    setBusy(false);
  };
  if (pool)
    return (
      <div className="pool-banner" role="status">
        <span>
          {t('pools.waitsIn', { pool: pool.title ?? '' })}
          {data?.barredUntil && ` ${t('pools.barred', { date: data.barredUntil })}`}
        </span>
        {record.veiled === true && <Veiled fields={entity.fields} record={record} />}
        <span className="fill" />
        {mine?.mayClaim && !data?.barredUntil && (
          <Button type="primary" loading={busy} onClick={() => void claim()}>
            {t('pools.claim')}
          </Button>
        )}
      </div>
    );
  if (!data?.warned || !data.recycleOn) return null;
  return (
    <div className="pool-banner warn" role="status">
      <span>{t('pools.soon', { date: nightOf(data.recycleOn) })}</span>
      <span className="fill" />
      <Button
        onClick={() => document.querySelector<HTMLElement>('.follow-up textarea, .follow-up input')?.focus()}
      >
        {t('pools.logContact')}
      </Button>
    </div>
  );
}

/** Masked numbers, each shown by one press that is written down. */
const DAY = 24 * 60 * 60 * 1000;

/** The night it goes: what should have gone before goes in the next one. */
function nightOf(day: string): string {
  const next = dayOf(new Date(Date.now() + DAY).toISOString());
  return day < next ? next : day;
}

function Veiled({ fields, record }: { fields: readonly MetaField[]; record: WireRecord }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Record<string, unknown>>({});
  const masked = fields.filter(
    (field) => ['phone', 'phones', 'email'].includes(field.kind) && !isEmpty(record[field.name]),
  );
  const show = (name: string) =>
    post<{ value: unknown; left: number | null }>('/reveal', {
      entity: 'customer',
      id: record.id,
      field: name,
    }).then(({ value }) => setShown((held) => ({ ...held, [name]: value })), toastError);
  return masked.map((field) => (
    <span key={field.name} className="pool-number">
      {field.label} <FieldValue field={field} value={shown[field.name] ?? record[field.name]} />
      {!(field.name in shown) && (
        <button type="button" className="link" onClick={() => void show(field.name)}>
          {t('pools.show')}
        </button>
      )}
    </span>
  ));
}

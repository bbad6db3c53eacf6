import { Button, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { createRecord } from '../../../web/api/records.ts';
import type { Link as Reference } from '../../../web/api/types.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { refreshWork } from './api.ts';
import './work.css';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

/** By when, as people say it. */
const SOON: readonly { key: string; wish: Record<string, unknown> | (() => Record<string, unknown>) }[] = [
  { key: 'promise.in24', wish: { withinHours: 24 } },
  { key: 'promise.tomorrow', wish: () => ({ dueDate: dayAhead(1) }) },
  { key: 'promise.friday', wish: () => ({ dueDate: dayAhead(daysToFriday()) }) },
  { key: 'promise.week', wish: () => ({ dueDate: dayAhead(7) }) },
];

const dayAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv');
/** From Friday on the next one is meant. */
const daysToFriday = () => ((4 - new Date().getDay() + 7) % 7) + 1;

/** "Promised …": one line beneath the follow-up; a press on "by when" keeps it. */
export function PromiseLine({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const promise = useMeta().entity('promise');
  const [what, setWhat] = useState('');
  const { busy, run } = useSaving();
  const customer =
    entity.name === 'customer' ? record.id : (record.customer as Reference | null | undefined)?.id;
  if (!promise || !may(promise, 'create') || !customer) return null;
  const save = (wish: Record<string, unknown>) =>
    run(async () => {
      await createRecord(promise.plural, {
        what: what.trim(),
        customer,
        ...(entity.name === 'contact' ? { contact: record.id } : {}),
        ...wish,
      });
      setWhat('');
      refreshWork();
      toast(t('promise.saved'), { kind: 'good' });
    }, toastError);
  const ready = what.trim() !== '' && !busy;
  return (
    <div className="promise-line">
      <Input
        aria-label={t('promise.what')}
        placeholder={t('promise.placeholder')}
        value={what}
        maxLength={300}
        onChange={(event) => setWhat(event.target.value)}
      />
      {what.trim() !== '' && (
        <>
          {SOON.map(({ key, wish }) => (
            <Button
              key={key}
              size="small"
              disabled={!ready}
              onClick={() => void save(typeof wish === 'function' ? wish() : wish)}
            >
              {t(key)}
            </Button>
          ))}
          <Suspense fallback={null}>
            <span className="promise-day">
              <DateInput
                label={t('promise.otherDay')}
                withTime={false}
                value={null}
                onChange={(dueDate) => dueDate && void save({ dueDate })}
              />
            </span>
          </Suspense>
        </>
      )}
    </div>
  );
}

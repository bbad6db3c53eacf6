import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, put } from '../../../web/api/client.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { submits } from '../../../web/shell/useSaving.ts';
import type { ValueWeights } from '../values/weights.ts';
import { Amount } from './Amount.tsx';

const SHARES = ['influence', 'showcase'] as const;
const AMOUNTS = ['demonstration', 'wordOfMouth', 'perReferral'] as const;

/** What judgements and recommendations are worth in money. */
export function WeightsForm() {
  const { data } = useQuery({
    queryKey: ['value', 'weights'],
    queryFn: () => get<ValueWeights>('/value/weights'),
  });
  return data ? <Form start={data} /> : null;
}

function Form({ start }: { start: ValueWeights }) {
  const { t } = useTranslation();
  const [weights, setWeights] = useState(start);
  const set = (part: Partial<ValueWeights>) => setWeights({ ...weights, ...part });
  const save = () =>
    put('/value/weights', weights).then(() => {
      refreshEntity('cost-entries');
      toast(t('worth.weights.saved'), { kind: 'good' });
    }, toastError);
  return (
    <form className="narrow-form" onSubmit={submits(save)}>
      <section className="card pad">
        <h2>{t('worth.weights')}</h2>
        <p className="quiet">{t('worth.weights.text')}</p>
        {SHARES.map((name) => (
          <label key={name} className="field" htmlFor={`weight-${name}`}>
            <span className="field-label">{t(`worth.weights.${name}`)}</span>
            <span className="field-control">
              <InputNumber
                id={`weight-${name}`}
                value={weights[name]}
                min={0}
                max={100}
                precision={0}
                onChange={(next) => set({ [name]: next ?? 0 })}
              />
            </span>
          </label>
        ))}
        {AMOUNTS.map((name) => (
          <Amount
            key={name}
            id={`weight-${name}`}
            label={t(`worth.weights.${name}`)}
            value={weights[name]}
            onChange={(next) => set({ [name]: next })}
          />
        ))}
      </section>
      <div>
        <Button type="primary" htmlType="submit">
          {t('worth.weights.save')}
        </Button>
      </div>
    </form>
  );
}

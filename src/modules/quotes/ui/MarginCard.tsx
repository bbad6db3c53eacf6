import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, put } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { FormError } from '../../../web/shell/FormError.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';

/** What is to be left of a price, where neither product nor category says otherwise. */
export function MarginCard() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['margin-rules'],
    queryFn: () => get<{ minimum: number | null }>('/margin-rules'),
  });
  const [written, setWritten] = useState<number | null | undefined>(undefined);
  const { busy, message, run } = useSaving();
  const save = () =>
    void run(async () => {
      await put('/margin-rules', { minimum: written === undefined ? (data?.minimum ?? null) : written });
      await queryClient.invalidateQueries({ queryKey: ['margin-rules'] });
      toast(t('quotes.marginSaved'), { kind: 'good' });
    });
  return (
    <section className="card pad quote-rules">
      <h2>{t('quotes.margin')}</h2>
      <p className="quiet">{t('quotes.marginHint')}</p>
      <FormError message={message} />
      <label className="quote-rules-row" htmlFor="margin-minimum">
        <span>{t('quotes.minimumMargin')}</span>
        <InputNumber
          id="margin-minimum"
          min={0}
          max={100}
          suffix="%"
          placeholder={t('quotes.noMinimum')}
          value={written === undefined ? (data?.minimum ?? null) : written}
          onChange={setWritten}
        />
      </label>
      <div>
        <Button loading={busy} disabled={!data} onClick={save}>
          {t('save')}
        </Button>
      </div>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, put } from '../../../web/api/client.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { Deadline } from '../submission/round.ts';
import { refreshForecast } from './api.ts';
import './forecast.css';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

/** When the week's promises are closed. */
export function DeadlinePage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ['short', 'opportunities', 'forecast', 'deadline'],
    queryFn: ({ signal }) => get<Deadline>('/forecast/deadline', undefined, signal),
  });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <section className="card" aria-label={t('forecast.deadline')}>
      <header>
        <h2>{t('forecast.deadline')}</h2>
      </header>
      <Form key={`${data.weekday} ${data.time}`} saved={data} />
    </section>
  );
}

function Form({ saved }: { saved: Deadline }) {
  const { t } = useTranslation();
  const [{ weekday, time }, setDeadline] = useState(saved);
  const { busy, run } = useSaving();
  const save = () =>
    void run(async () => {
      await put('/forecast/deadline', { weekday, time });
      refreshForecast();
      toast(t('forecast.deadlineSaved'), { kind: 'good' });
    }, toastError);
  return (
    <form
      className="card-body forecast-deadline"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p className="quiet">{t('forecast.deadlineText')}</p>
      <Select
        aria-label={t('forecast.weekday')}
        value={weekday}
        options={WEEKDAYS.map((value) => ({ value, label: t(`forecast.weekday.${value}`) }))}
        onChange={(value) => setDeadline({ weekday: value, time })}
      />
      <Input
        type="time"
        aria-label={t('forecast.time')}
        value={time}
        onChange={({ target }) => target.value && setDeadline({ weekday, time: target.value })}
      />
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('save')}
      </Button>
    </form>
  );
}

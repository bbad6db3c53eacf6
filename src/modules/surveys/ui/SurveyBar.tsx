import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { may } from '../../../web/api/meta.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { tellSurvey, useResults } from './api.ts';
import './surveys.css';

/** How a survey stands, in a line, with the one thing to do next. */
export function SurveyBar({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, run } = useSaving();
  const { data } = useResults(record);
  const status = String(record.status);
  const tell = (verb: string) =>
    void run(async () => {
      await tellSurvey(record.id, verb);
      toast(t(`surveys.told.${verb}`), { kind: 'good' });
    }, toastError);
  const copy = () =>
    void run(async () => {
      const { id } = await tellSurvey<{ id: string }>(record.id, 'surveyCopy');
      await navigate({ to: '/r/$plural/$id/edit', params: { plural: entity.plural, id } });
    }, toastError);
  const closesOn = record.closesOn as string | null | undefined;
  const until = status === 'open' && closesOn ? t('surveys.until', { day: closesOn }) : '';
  return (
    <section className="survey-bar" aria-label={t('surveys.state')}>
      <span className="survey-says">
        {t(`surveys.says.${status}`, { count: data?.answers ?? 0 })} {until}
      </span>
      <span className="survey-does">
        {data && (
          <a className="button" href={data.previewUrl} target="_blank" rel="noreferrer">
            {t('surveys.preview')}
          </a>
        )}
        {may(entity, 'create') && <Button onClick={copy}>{t('surveys.copy')}</Button>}
        {record.can.update && status === 'open' && (
          <Button loading={busy} onClick={() => tell('surveyClose')}>
            {t('surveys.close')}
          </Button>
        )}
        {record.can.update && status !== 'open' && (
          <Button type="primary" loading={busy} onClick={() => tell('surveyOpen')}>
            {t(status === 'draft' ? 'surveys.open' : 'surveys.openAgain')}
          </Button>
        )}
      </span>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyLine } from '../../../web/admin/CopyLine.tsx';
import { messageOf } from '../../../web/api/client.ts';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import type { ActionProps } from '../../../web/slots.ts';
import { askByMail, linkFor } from './api.ts';
import { QrCode } from './QrCode.tsx';
import { SurveyChoice } from './SurveyChoice.tsx';
import './surveys.css';

/** Somebody's own link: to be copied into a chat, scanned across the table, or sent by mail. */
export function AskDialog({ entity, record, onClose }: ActionProps) {
  const { t } = useTranslation();
  const [survey, setSurvey] = useState<string | null>(null);
  const { data, error } = useQuery({
    queryKey: ['survey-link', entity.plural, record.id, survey],
    queryFn: () => linkFor(entity.plural, record.id, survey as string),
    enabled: survey !== null,
    staleTime: Infinity,
    retry: false,
  });
  return (
    <FormDialog
      width={440}
      title={t('surveys.askOne', { title: record.title })}
      ok={t('surveys.sendMail')}
      cancel={t('close')}
      ready={Boolean(data)}
      save={async () => {
        await askByMail(entity.plural, { ids: [record.id] }, survey as string);
        onClose();
      }}
      onClose={onClose}
    >
      <SurveyChoice value={survey} onChange={setSurvey} />
      {error && <p className="form-error">{messageOf(error)}</p>}
      {data && (
        <div className="survey-share">
          <CopyLine label={t('surveys.ownUrl')} text={data.url} />
          <QrCode text={data.url} name={record.title} />
        </div>
      )}
      <p className="field-hint">{t('surveys.ownHint')}</p>
    </FormDialog>
  );
}

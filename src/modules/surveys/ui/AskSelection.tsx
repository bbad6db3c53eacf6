import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import type { SelectionSlotProps } from '../../../web/slots.ts';
import { askByMail } from './api.ts';
import { SurveyChoice } from './SurveyChoice.tsx';

/** With chosen people or customers: ask them by mail. */
export function AskSelection({ entity, target, count, onDone }: SelectionSlotProps) {
  const { t } = useTranslation();
  const survey = useMeta().entity('survey');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  if (!survey || !may(survey, 'read') || !may(entity, 'update')) return null;
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {t('surveys.ask')}
      </button>
      {open && (
        <FormDialog
          width={440}
          title={t('surveys.askMany', { count })}
          ok={t('surveys.send')}
          ready={chosen !== null}
          save={async () => {
            await askByMail(entity.plural, target, chosen as string);
            setOpen(false);
            onDone();
          }}
          onClose={() => setOpen(false)}
        >
          <SurveyChoice value={chosen} onChange={setChosen} />
          <p className="field-hint">{t('surveys.mailHint')}</p>
        </FormDialog>
      )}
    </>
  );
}

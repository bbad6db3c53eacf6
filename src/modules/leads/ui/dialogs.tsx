import { Input, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf } from '../../../web/api/meta.tsx';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import type { ActionProps } from '../../../web/slots.ts';
import { tellLead } from './api.ts';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

/** Keeps a lead warm until a day. */
export function NurtureDialog({ record, onClose }: ActionProps) {
  const { t } = useTranslation();
  const [until, setUntil] = useState<string | null>(null);
  const [note, setNote] = useState('');
  return (
    <FormDialog
      width={420}
      title={t('leads.nurtureTitle')}
      ok={t('leads.nurture')}
      ready={until !== null}
      save={async () => {
        await tellLead(record.id, 'nurture', { until, note: note.trim() || null });
        onClose();
      }}
      onClose={onClose}
    >
      <div className="field">
        <span className="field-label">{t('leads.until')}</span>
        <Suspense fallback={<span className="input-wait" />}>
          <DateInput label={t('leads.until')} withTime={false} value={until} onChange={setUntil} />
        </Suspense>
      </div>
      <Note value={note} onChange={setNote} />
    </FormDialog>
  );
}

/** Puts a lead aside, with the reason. */
export function DisqualifyDialog({ entity, record, onClose }: ActionProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const options = (fieldOf(entity, 'reason')?.options ?? []).map(({ value, label }) => ({ value, label }));
  return (
    <FormDialog
      width={420}
      title={t('leads.disqualifyTitle')}
      ok={t('leads.disqualify')}
      ready={reason !== null && (reason !== 'other' || note.trim() !== '')}
      save={async () => {
        await tellLead(record.id, 'disqualify', { reason, note: note.trim() || null });
        onClose();
      }}
      onClose={onClose}
    >
      <label className="field" htmlFor="lead-reason">
        <span className="field-label">{t('leads.why')}</span>
        <Select id="lead-reason" value={reason} options={options} onChange={setReason} />
      </label>
      <Note value={note} onChange={setNote} />
    </FormDialog>
  );
}

/** Takes a conversion back. */
export function UnconvertDialog({ record, onClose }: ActionProps) {
  const { t } = useTranslation();
  return (
    <FormDialog
      width={420}
      title={t('leads.unconvertTitle')}
      ok={t('leads.unconvert')}
      ready
      save={async () => {
        await tellLead(record.id, 'unconvert');
        onClose();
      }}
      onClose={onClose}
    >
      <p>{t('leads.unconvertText')}</p>
    </FormDialog>
  );
}

function Note({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <label className="field" htmlFor="lead-note">
      <span className="field-label">{t('leads.note')}</span>
      <Input.TextArea
        id="lead-note"
        rows={3}
        maxLength={2000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

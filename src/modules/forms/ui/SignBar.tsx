import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { patch, post } from '../../../web/api/client.ts';
import { shortInstant } from '../../../web/fields/format.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { ask } from '../../../web/shell/ask.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import type { FormSheet } from '../form/form.shared.ts';
import { PLURAL, refreshSheets } from './api.ts';

const STEPS = ['prepared', 'filled', 'reviewed'] as const;
const STATE_OF = { prepared: 'draft', filled: 'filling', reviewed: 'review' } as const;

/** From making to review: who has signed, whose turn it is, and what may be done now. */
export function SignBar({ form }: { form: FormSheet }) {
  const { t } = useTranslation();
  return (
    <section className="card sheet-signs" aria-label={t('sheets.signs')}>
      <ol>
        {STEPS.map((step) => (
          <Step key={step} step={step} form={form} />
        ))}
      </ol>
      {form.returnReason && form.status === 'filling' && (
        <p className="sheet-reason" role="status">
          {t('sheets.cameBack', { reason: form.returnReason })}
        </p>
      )}
      <Verbs form={form} />
    </section>
  );
}

function Step({ step, form }: { step: (typeof STEPS)[number]; form: FormSheet }) {
  const { t } = useTranslation();
  const { by, at } = form.signatures[step];
  const now = STATE_OF[step] === form.status;
  const named = step === 'prepared' ? form.owner : step === 'filled' ? form.filler : form.reviewer;
  const field = step === 'filled' ? 'filler' : step === 'reviewed' ? 'reviewer' : null;
  const name = async (person: string | null) => {
    try {
      await patch(`/${PLURAL}/${form.id}`, { [field ?? '']: person }, form.version);
    } catch (error) {
      toastError(error);
    }
    refreshSheets();
  };
  return (
    <li className={at ? 'done' : now ? 'now' : ''} aria-current={now ? 'step' : undefined}>
      <b>{t(`sheets.step.${step}`)}</b>
      {at ? (
        <span>
          {by?.title ?? '—'} <time className="quiet">{shortInstant(at)}</time>
        </span>
      ) : field && form.may.name && (form.status !== 'review' || field === 'reviewer') ? (
        <ReferencePicker
          label={t(`sheets.${field}`)}
          to="user"
          among="active"
          noCreate
          value={named ? [named] : []}
          onChange={([next]) => void name(next?.id ?? null)}
        />
      ) : (
        <span className="quiet">{named?.title ?? t('sheets.anybody')}</span>
      )}
    </li>
  );
}

function Verbs({ form }: { form: FormSheet }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [reasonFor, setReasonFor] = useState<'sendBack' | 'revise' | null>(null);
  const run = async (verb: string, body: object) => {
    setBusy(true);
    try {
      await post(`/${PLURAL}/${form.id}/${verb}`, body);
      toast(t(`sheets.did.${verb === 'sign' ? form.status : verb}`), { kind: 'good' });
      setReasonFor(null);
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
      refreshSheets();
    }
  };
  const sign = async () => {
    // Who reviews has the sheet before him and comes for nothing else; what it means stands beside the button.
    const sure =
      form.status === 'review' ||
      (await ask({
        title: t(`sheets.sign.${form.status}`),
        body: t(`sheets.signText.${form.status}`),
        action: t(`sheets.sign.${form.status}`),
      }));
    if (sure) await run('sign', { from: form.status });
  };
  const { may } = form;
  if (!may.sign && !may.revise) return null;
  return (
    <div className="sheet-verbs">
      {may.sign && form.status === 'review' && <span className="quiet">{t('sheets.signText.review')}</span>}
      {may.sendBack && (
        <Button danger onClick={() => setReasonFor('sendBack')}>
          {t('sheets.sendBack')}
        </Button>
      )}
      {may.sign && (
        <Button type="primary" loading={busy} onClick={() => void sign()}>
          {t(`sheets.sign.${form.status}`)}
        </Button>
      )}
      {may.revise && <Button onClick={() => setReasonFor('revise')}>{t('sheets.revise')}</Button>}
      {reasonFor && (
        <Reason
          verb={reasonFor}
          busy={busy}
          onClose={() => setReasonFor(null)}
          onOk={(reason) => void run(reasonFor, { reason })}
        />
      )}
    </div>
  );
}

interface ReasonProps {
  verb: 'sendBack' | 'revise';
  busy: boolean;
  onOk(reason: string): void;
  onClose(): void;
}

function Reason({ verb, busy, onOk, onClose }: ReasonProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <Modal
      open
      width={440}
      title={t(`sheets.${verb}`)}
      okText={t(`sheets.${verb}`)}
      cancelText={t('cancel')}
      confirmLoading={busy}
      okButtonProps={{ disabled: reason.trim() === '', danger: verb === 'sendBack' }}
      onOk={() => onOk(reason.trim())}
      onCancel={onClose}
    >
      <p className="quiet">{t(`sheets.${verb}Text`)}</p>
      <Input.TextArea
        aria-label={t('sheets.reason')}
        value={reason}
        maxLength={500}
        autoFocus
        autoSize={{ minRows: 3, maxRows: 8 }}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}

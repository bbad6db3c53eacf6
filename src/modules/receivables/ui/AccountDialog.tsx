import { Button, Input, Modal, Radio } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post, url } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { useRecord } from '../../../web/api/records.ts';
import { currentLanguage, type Language } from '../../../web/i18n/index.ts';
import { FormError } from '../../../web/shell/FormError.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { ActionProps } from '../../../web/slots.ts';
import './money.css';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

/** The statement of a customer: for which period, in which language, to look at, to calculate with, or to send. */
export function AccountDialog({ record, onClose }: ActionProps) {
  const { t } = useTranslation();
  const { busy, message, run } = useSaving();
  const today = Temporal.Now.plainDateISO();
  const [from, setFrom] = useState<string | null>(today.with({ month: 1, day: 1 }).toString());
  const [until, setUntil] = useState<string | null>(today.toString());
  const [language, setLanguage] = useState<Language>(currentLanguage());
  const kind = useMeta().entity('customer');
  const { data: customer } = useRecord('customers', record.id);
  const [written, setWritten] = useState<string | null>(null);
  const to = written ?? String(customer?.email ?? '');
  const period = { from, until, language };
  const ready = from !== null && until !== null && from <= until;
  const open = (format: 'pdf' | 'xlsx') =>
    window.open(url(`/customers/${record.id}/statement/file`, { ...period, format }), '_blank', 'noopener');
  const send = () =>
    run(async () => {
      await post(`/customers/${record.id}/statement/mail`, { ...period, to: to.trim() });
      toast(t('money.statementSent', { to: to.trim() }), { kind: 'good' });
      onClose();
    });
  const day = (label: string, value: string | null, set: (value: string | null) => void) => (
    <div className="field">
      <span className="field-label">{label}</span>
      <span className="field-control">
        <Suspense fallback={<span className="input-wait" />}>
          <DateInput label={label} withTime={false} value={value} onChange={set} />
        </Suspense>
      </span>
    </div>
  );
  return (
    <Modal open width={460} title={t('money.statementOf')} footer={null} onCancel={onClose}>
      <FormError message={message} />
      {day(t('money.from'), from, setFrom)}
      {day(t('money.until'), until, setUntil)}
      <p>
        <Radio.Group
          aria-label={t('money.language')}
          value={language}
          options={[
            { value: 'zh', label: t('money.chinese') },
            { value: 'en', label: t('money.english') },
          ]}
          onChange={({ target }) => setLanguage(target.value as Language)}
        />
      </p>
      <p className="money-steps">
        <Button type="primary" disabled={!ready} onClick={() => open('pdf')}>
          PDF
        </Button>
        {may(kind, 'export') && (
          <Button disabled={!ready} onClick={() => open('xlsx')}>
            Excel
          </Button>
        )}
      </p>
      <div className="field">
        <label className="field-label" htmlFor="statement-to">
          {t('money.sendTo')}
        </label>
        <span className="money-send">
          <Input
            id="statement-to"
            type="email"
            value={to}
            onChange={({ target }) => setWritten(target.value)}
          />
          <Button disabled={!ready || !to.includes('@')} loading={busy} onClick={() => void send()}>
            {t('money.send')}
          </Button>
        </span>
      </div>
    </Modal>
  );
}

import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { Row } from './Row.tsx';

/** Ends a partnership, or takes it up again. */
export function PartnerSteps({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { busy, run } = useSaving();
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  if (!record.can.update) return null;
  const send = async (verb: string, body: object = {}) => {
    await post(`/partners/${record.id}/${verb}`, body);
    refreshEntity(entity.plural);
  };
  if (record.status === 'ended')
    return (
      <button
        type="button"
        className="button"
        disabled={busy}
        onClick={() => void run(() => send('reopenPartner'))}
      >
        {t('channel.reopen')}
      </button>
    );
  return (
    <>
      <button type="button" className="button" onClick={() => setAsked(true)}>
        {t('channel.end')}
      </button>
      {asked && (
        <FormDialog
          title={t('channel.end')}
          width={460}
          ok={t('channel.end')}
          ready={reason.trim() !== ''}
          save={() => send('endPartner', { reason: reason.trim() }).then(() => setAsked(false))}
          onClose={() => setAsked(false)}
        >
          <p>{t('channel.endMeans', { name: record.title })}</p>
          <Row label={t('channel.reason')}>
            <Input.TextArea
              autoFocus
              rows={2}
              aria-label={t('channel.reason')}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </Row>
        </FormDialog>
      )}
    </>
  );
}

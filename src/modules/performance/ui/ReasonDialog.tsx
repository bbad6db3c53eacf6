import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';

interface Props {
  title: string;
  text: string;
  action: string;
  save(reason: string): Promise<unknown>;
  onClose(): void;
}

/** Asks for a reason, without which nothing is done. */
export function ReasonDialog({ title, text, action, save, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={title}
      width={460}
      ok={action}
      ready={reason.trim() !== ''}
      save={async () => {
        await save(reason.trim());
        onClose();
      }}
      onClose={onClose}
    >
      <p className="quiet">{text}</p>
      <Input.TextArea
        aria-label={t('perf.reason')}
        autoFocus
        rows={3}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}

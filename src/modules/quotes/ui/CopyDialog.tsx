import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import type { ActionProps } from '../../../web/slots.ts';
import { tellQuote } from './api.ts';

/** A new draft with the lines of this quote. */
export function CopyDialog({ record, onClose }: ActionProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <FormDialog
      width={420}
      title={t('quotes.copy')}
      ok={t('quotes.copy')}
      ready
      save={async () => {
        const { id } = await tellQuote<{ id: string }>(record.id, 'copy');
        onClose();
        await navigate({ to: '/r/$plural/$id/edit', params: { plural: 'quotes', id } });
      }}
      onClose={onClose}
    >
      <p>{t('quotes.copyText', { title: record.title })}</p>
    </FormDialog>
  );
}

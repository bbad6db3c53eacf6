import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireRecord } from '../../../web/api/types.ts';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { tellQuote } from './api.ts';

interface Props {
  record: WireRecord;
  kind: 'confirm' | 'decline';
  onClose(): void;
}

/** What the customer said by phone or on paper. */
export function AnswerDialog({ record, kind, onClose }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState((record.contact as { title: string | null } | null)?.title ?? '');
  const [words, setWords] = useState('');
  const declined = kind === 'decline';
  return (
    <FormDialog
      width={440}
      title={t(`quotes.do.${kind}`)}
      ok={t(`quotes.do.${kind}`)}
      ready={declined ? words.trim() !== '' : name.trim() !== ''}
      save={async () => {
        const body = declined
          ? { reason: words.trim(), name: name.trim() || null }
          : { name: name.trim(), note: words.trim() || null };
        await tellQuote(record.id, declined ? 'customer-declined' : 'customer-confirmed', body);
        onClose();
      }}
      onClose={onClose}
    >
      <label className="field" htmlFor="quote-who">
        <span className="field-label">{t('quotes.who')}</span>
        <Input
          id="quote-who"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className="field" htmlFor="quote-words">
        <span className="field-label">{t(declined ? 'quotes.reason' : 'quotes.words')}</span>
        <Input.TextArea
          id="quote-words"
          rows={3}
          maxLength={500}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
    </FormDialog>
  );
}

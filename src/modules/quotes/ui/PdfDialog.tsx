import { Checkbox, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage, type Language } from '../../../web/i18n/index.ts';
import { hasBundles } from '../../../web/lines/rows.ts';
import type { ActionProps } from '../../../web/slots.ts';

/** A quote on paper: in which language, with or without prices. */
export function PdfDialog({ record, onClose }: ActionProps) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState<Language>(currentLanguage());
  const [prices, setPrices] = useState(true);
  const [parts, setParts] = useState(true);
  const address = `/api/v1/quotes/${record.id}/pdf?language=${language}&prices=${prices}&parts=${parts}`;
  return (
    <Modal
      open
      width={380}
      title={t('quotes.pdf')}
      okText={t('quotes.pdfOpen')}
      cancelText={t('cancel')}
      onOk={() => {
        window.open(address, '_blank', 'noopener');
        onClose();
      }}
      onCancel={onClose}
    >
      <p>
        <Radio.Group
          aria-label={t('quotes.pdfLanguage')}
          value={language}
          options={[
            { value: 'zh', label: t('quotes.pdfChinese') },
            { value: 'en', label: t('quotes.pdfEnglish') },
          ]}
          onChange={({ target }) => setLanguage(target.value as Language)}
        />
      </p>
      <Checkbox checked={prices} onChange={({ target }) => setPrices(target.checked)}>
        {t('quotes.pdfPrices')}
      </Checkbox>
      {hasBundles(record) && (
        <Checkbox checked={parts} onChange={({ target }) => setParts(target.checked)}>
          {t('paper.parts')}
        </Checkbox>
      )}
    </Modal>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Modal, Radio, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import { download } from '../api/download.ts';
import { currentLanguage, type Language } from '../i18n/index.ts';
import { FormError } from '../shell/FormError.tsx';
import { useSaving } from '../shell/useSaving.ts';

interface Offered {
  templates: { id: string; name: string; edition: number }[];
  pdf: boolean;
}

interface Props {
  /** The kind of paper, and the record it is of. */
  kind: string;
  id: string;
  /** Whether there are prices to leave out. */
  priced?: boolean;
  /** Whether there are bundles, whose parts may be left out. */
  bundled?: boolean;
  onClose(): void;
}

/** A record on the company's own Word template: which one, in which language, with or without prices. */
export function PaperDialog({ kind, id, priced = true, bundled = false, onClose }: Props) {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: ['paper', kind, id],
    queryFn: () => get<Offered>(`/papers/${kind}/${id}`),
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const [language, setLanguage] = useState<Language>(currentLanguage());
  const [prices, setPrices] = useState(true);
  const [parts, setParts] = useState(true);
  const { busy, message, run } = useSaving();
  const template = chosen ?? data?.templates[0]?.id;
  const print = (format: 'docx' | 'pdf') =>
    void run(async () => {
      await download(`/papers/${kind}/${id}/file`, { template, format, language, prices, parts });
      onClose();
    });
  return (
    <Modal
      open
      width={420}
      title={t('paper.print')}
      onCancel={onClose}
      footer={
        template
          ? [
              ...(data?.pdf
                ? [
                    <Button key="pdf" loading={busy} onClick={() => print('pdf')}>
                      {t('paper.pdf')}
                    </Button>,
                  ]
                : []),
              <Button key="docx" type="primary" loading={busy} onClick={() => print('docx')}>
                {t('paper.word')}
              </Button>,
            ]
          : null
      }
    >
      <FormError message={message ?? (error ? error.message : null)} />
      {!data && !error && <Skeleton active paragraph={{ rows: 2 }} />}
      {data && !template && <p className="quiet">{t('paper.noTemplates')}</p>}
      {data && template && (
        <div style={{ display: 'grid', gap: 12 }}>
          <Select
            aria-label={t('paper.template')}
            value={template}
            options={data.templates.map(({ id: value, name, edition }) => ({
              value,
              label: t('paper.edition', { name, edition }),
            }))}
            onChange={setChosen}
          />
          <Radio.Group
            aria-label={t('paper.language')}
            value={language}
            options={[
              { value: 'zh', label: t('paper.chinese') },
              { value: 'en', label: t('paper.english') },
            ]}
            onChange={({ target }) => setLanguage(target.value as Language)}
          />
          {priced && (
            <Checkbox checked={prices} onChange={({ target }) => setPrices(target.checked)}>
              {t('paper.prices')}
            </Checkbox>
          )}
          {bundled && (
            <Checkbox checked={parts} onChange={({ target }) => setParts(target.checked)}>
              {t('paper.parts')}
            </Checkbox>
          )}
          {!data.pdf && <p className="quiet">{t('paper.noPdf')}</p>}
        </div>
      )}
    </Modal>
  );
}

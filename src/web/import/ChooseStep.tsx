import { Button, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, url } from '../api/client.ts';
import type { MetaEntity } from '../api/types.ts';
import { FormError } from '../shell/FormError.tsx';
import { useDropTarget } from '../shell/useDropTarget.ts';
import { type ImportJob, startImport } from './api.ts';

interface Props {
  entity: MetaEntity;
  choices: MetaEntity[];
  onEntity: (name: string) => void;
  onStarted: (job: ImportJob) => void;
}

/** Which records, which file; a template for those who have none. */
export function ChooseStep({ entity, choices, onEntity, onStarted }: Props) {
  const { t } = useTranslation();
  const chooser = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const send = async (file: File | undefined) => {
    if (!file || busy) return;
    setBusy(true);
    setMessage(null);
    try {
      onStarted(await startImport(file, entity.name));
    } catch (error) {
      setMessage(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const { over, target } = useDropTarget((event) => void send(event.dataTransfer.files[0]));
  const template = (format: string) => url(`/imports/template/${entity.name}`, { format });
  return (
    <>
      <div className="import-what">
        <label htmlFor="import-entity">{t('import.what')}</label>
        <Select
          id="import-entity"
          value={entity.name}
          options={choices.map((item) => ({ value: item.name, label: item.label }))}
          onChange={onEntity}
          style={{ width: 180 }}
        />
        <span className="fill" />
        <span className="quiet">
          {t('import.template')}{' '}
          <a href={template('xlsx')} download>
            Excel
          </a>
          {' · '}
          <a href={template('csv')} download>
            CSV
          </a>
        </span>
      </div>
      <section className={`drop-zone card ${over ? 'over' : ''}`} aria-label={t('import.choose')} {...target}>
        <h2>{t('import.drop')}</h2>
        <p className="quiet">{t('import.formats')}</p>
        <Button type="primary" loading={busy} onClick={() => chooser.current?.click()}>
          {t('import.choose')}
        </Button>
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".csv,.tsv,.txt,.xlsx"
          aria-label={t('import.choose')}
          onChange={(event) => {
            void send(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </section>
      <FormError message={message} />
      <p className="quiet">{t('import.safe')}</p>
    </>
  );
}

import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf } from '../../../web/api/meta.tsx';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { FieldEditor } from '../../../web/fields/FieldEditor.tsx';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { type Column, moveTo } from './api.ts';

interface Props {
  entity: MetaEntity;
  record: WireRecord;
  stage: Column;
  missing: string[];
  onClose(): void;
}

/** Asks for what a stage needs to know; a superior may let it pass with a word. */
export function FactsDialog({ entity, record, stage, missing, onClose }: Props) {
  const { t } = useTranslation();
  const [facts, setFacts] = useState<Record<string, unknown>>({});
  const [exception, setException] = useState('');
  const [open, setOpen] = useState(missing);
  const fields = missing.flatMap((name) => fieldOf(entity, name) ?? []);
  const move = async () => {
    const word = exception.trim();
    const left = await moveTo(entity, record, stage, { ...facts, ...(word ? { exception: word } : {}) });
    if (left) setOpen(left);
    else onClose();
  };
  return (
    <FormDialog
      width={480}
      title={t('sales.facts', { stage: stage.name })}
      ok={t('sales.moveTo', { stage: stage.name })}
      ready
      save={move}
      onClose={onClose}
    >
      {stage.playbook && <p className="quiet stage-playbook">{stage.playbook}</p>}
      {fields.map((field, index) => (
        <div key={field.name} className="field">
          <label className="field-label" htmlFor={`fact-${field.name}`}>
            {field.label}
          </label>
          <FieldEditor
            id={`fact-${field.name}`}
            field={field}
            value={facts[field.name]}
            autoFocus={index === 0}
            invalid={open.includes(field.name) && open !== missing}
            onChange={(value) => setFacts({ ...facts, [field.name]: value })}
          />
        </div>
      ))}
      {record.can.transfer && (
        <div className="field">
          <label className="field-label" htmlFor="fact-exception">
            {t('sales.exception')}
          </label>
          <Input
            id="fact-exception"
            maxLength={300}
            value={exception}
            onChange={(event) => setException(event.target.value)}
          />
        </div>
      )}
    </FormDialog>
  );
}

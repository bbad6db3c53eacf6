import { Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CUSTOM_KINDS } from '../../platform/customisation/traits.shared.ts';
import { patch, post } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';
import { toast } from '../shell/toasts.tsx';
import { DefinitionDialog, Line, NameLines } from './DefinitionDialog.tsx';
import { FieldRules } from './FieldRules.tsx';
import {
  type CustomField,
  draftOf,
  type FieldDraft,
  inputOf,
  isReady,
  ofKind,
  traitsOf,
} from './fieldDraft.ts';

interface Props {
  entity: MetaEntity;
  field: CustomField | null;
  onClose: () => void;
  onSaved: () => void;
}

/** Makes or changes a field; its kind stays as it was made. */
export function FieldDialog({ entity, field, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const meta = useMeta();
  const [draft, setDraft] = useState(() => draftOf(field));
  const change = (part: Partial<FieldDraft>) => setDraft((held) => ({ ...held, ...part }));
  const known = field?.options ?? [];
  const traits = traitsOf(draft.kind);
  const save = async () => {
    const input = inputOf(draft, known);
    if (field) await patch(`/custom-fields/${field.id}`, input);
    else {
      const link = traits.link ? { to: draft.to } : {};
      await post('/custom-fields', { entity: entity.name, kind: draft.kind, ...input, ...link });
    }
    toast(t('fields.saved', { name: draft.name.zh.trim() }), { kind: 'good' });
    onSaved();
  };
  return (
    <DefinitionDialog
      width={620}
      title={field ? t('form.edit', { title: field.label.zh }) : t('fields.newOf', { label: entity.label })}
      ready={isReady(draft)}
      save={save}
      onClose={onClose}
    >
      <NameLines id="field" value={draft.name} onChange={(name) => change({ name })} />
      <Line id="field-kind" label={t('fields.kind')} hint={field ? t('fields.kindStays') : undefined}>
        <Select
          id="field-kind"
          listHeight={CUSTOM_KINDS.length * 32}
          value={draft.kind}
          disabled={!!field}
          options={CUSTOM_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          onChange={(kind) => change(ofKind(kind))}
          style={{ width: '100%' }}
        />
      </Line>
      {traits.options && (
        <Line id="field-options" label={t('fields.options')}>
          <Input.TextArea
            id="field-options"
            rows={5}
            value={draft.options}
            onChange={(event) => change({ options: event.target.value })}
          />
          <p className="field-hint">{t('fields.optionsHint')}</p>
          <Checkbox checked={draft.open} onChange={(event) => change({ open: event.target.checked })}>
            {t('fields.open')}
          </Checkbox>
        </Line>
      )}
      {traits.link && (
        <Line id="field-to" label={t('fields.to')}>
          <Select
            id="field-to"
            value={draft.to}
            disabled={!!field}
            options={meta.entities.map((item) => ({ value: item.name, label: item.label }))}
            onChange={(to) => change({ to })}
            style={{ width: '100%' }}
          />
        </Line>
      )}
      <Line id="field-help" label={t('fields.help')} hint={t('fields.helpHint')}>
        <div className="range">
          <Input
            id="field-help"
            value={draft.help.zh}
            maxLength={200}
            placeholder={t('language.zh')}
            onChange={(event) => change({ help: { ...draft.help, zh: event.target.value } })}
          />
          <Input
            aria-label={t('fields.helpEn')}
            value={draft.help.en}
            maxLength={200}
            placeholder={t('language.en')}
            onChange={(event) => change({ help: { ...draft.help, en: event.target.value } })}
          />
        </div>
      </Line>
      <FieldRules draft={draft} known={known} onChange={change} />
    </DefinitionDialog>
  );
}

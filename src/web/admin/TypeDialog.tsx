import { useNavigate } from '@tanstack/react-router';
import { Checkbox, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { patch, post } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { ICONS } from '../shell/icons.tsx';
import { DefinitionDialog, Line, NameLines } from './DefinitionDialog.tsx';
import { labelOf, type Words, wordsOf } from './words.ts';

export interface RecordType {
  id: string;
  name: string;
  plural?: string;
  label: Words;
  icon?: string | null;
  numberPrefix?: string | null;
  timeline?: boolean;
  scope?: 'open' | 'own' | 'child';
  state: 'ready' | 'retired';
}

/** Makes a record type, or renames one. */
export function TypeDialog(props: {
  type: RecordType | null;
  onClose: () => void;
  onSaved: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const meta = useMeta();
  const { type } = props;
  const [words, setWords] = useState(() => wordsOf(type?.label));
  const [icon, setIcon] = useState(type?.icon ?? 'folder');
  const [scope, setScope] = useState<'open' | 'own' | 'child'>(type?.scope ?? 'own');
  const [parent, setParent] = useState('customer');
  const [prefix, setPrefix] = useState(type?.numberPrefix ?? '');
  const [timeline, setTimeline] = useState(type?.timeline ?? !type);
  // Numbers are given from the first record on, or not at all.
  const numbered = !type || !!type.numberPrefix;
  const hangs = scope === 'child';
  const save = async () => {
    const shared = {
      label: labelOf(words),
      icon,
      ...(prefix ? { numberPrefix: prefix } : {}),
      ...(hangs ? { timeline } : {}),
    };
    const saved = type
      ? await patch<RecordType>(`/record-types/${type.id}`, shared)
      : await post<RecordType>('/record-types', {
          ...shared,
          scope,
          ...(hangs ? { parent } : {}),
        });
    await props.onSaved();
    props.onClose();
    if (!type)
      void navigate({ to: '/admin/$page', params: { page: 'fields' }, search: { entity: saved.name } });
  };
  return (
    <DefinitionDialog
      width={520}
      title={t(type ? 'types.edit' : 'types.new')}
      ready={labelOf(words) !== null}
      save={save}
      onClose={props.onClose}
    >
      <NameLines id="type" value={words} onChange={setWords} />
      <div className="field">
        <span className="field-label" id="type-icon">
          {t('types.icon')}
        </span>
        <div className="icon-choice" role="radiogroup" aria-labelledby="type-icon">
          {Object.entries(ICONS).map(([name, Icon]) => (
            <button
              key={name}
              type="button"
              role="radio"
              aria-checked={icon === name}
              aria-label={t(`types.icons.${name}`)}
              className="icon-button"
              onClick={() => setIcon(name)}
            >
              <Icon />
            </button>
          ))}
        </div>
      </div>
      {!type && (
        <div className="field">
          <span className="field-label">{t('types.scope')}</span>
          <Radio.Group value={scope} onChange={(event) => setScope(event.target.value)}>
            <Radio value="own">{t('types.scope.own')}</Radio>
            <Radio value="child">{t('types.scope.child')}</Radio>
            <Radio value="open">{t('types.scope.open')}</Radio>
          </Radio.Group>
        </div>
      )}
      {!type && hangs && (
        <Line id="type-parent" label={t('types.parent')}>
          <Select
            id="type-parent"
            style={{ width: '100%' }}
            value={parent}
            options={meta.entities
              .filter((item) => item.scope === 'own')
              .map((item) => ({ value: item.name, label: item.label }))}
            onChange={setParent}
          />
        </Line>
      )}
      {hangs && (
        <div className="field">
          <span />
          <Checkbox checked={timeline} onChange={(event) => setTimeline(event.target.checked)}>
            {t('types.timeline')}
          </Checkbox>
        </div>
      )}
      {numbered && (
        <Line id="type-prefix" label={t('types.prefix')} hint={t('types.prefixHint')}>
          <Input
            id="type-prefix"
            style={{ width: 120 }}
            value={prefix}
            maxLength={6}
            onChange={(event) => setPrefix(event.target.value.toUpperCase().replace(/[^A-Z]/g, ''))}
          />
        </Line>
      )}
    </DefinitionDialog>
  );
}

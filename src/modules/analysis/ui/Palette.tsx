import { PlusOutlined } from '@ant-design/icons';
import { Dropdown, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canGroup } from '../../../platform/analysis/query.shared.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { MetaEntity } from '../../../web/api/types.ts';
import { type Choice, ownChoices, referredChoices } from './model.ts';

export type Well = 'rows' | 'columns' | 'values';
export const DRAGGED = 'application/x-report-field';

interface Props {
  entity: MetaEntity;
  onAdd(choice: Choice, well: Well): void;
}

/** The fields there are; each is dragged where it is wanted, or sent there from its menu. */
export function Palette({ entity, onAdd }: Props) {
  const { t } = useTranslation();
  const meta = useMeta();
  const [needle, setNeedle] = useState('');
  const groups = [
    { path: '', label: entity.label, choices: ownChoices(entity) },
    ...referredChoices(meta, entity),
  ];
  const sought = needle.trim().toLowerCase();
  const found = groups
    .map((group) => ({
      ...group,
      choices: group.choices.filter(({ label }) => `${group.label} ${label}`.toLowerCase().includes(sought)),
    }))
    .filter(({ choices }) => choices.length > 0);
  return (
    <section className="card report-palette" aria-label={t('analysis.fields')}>
      <Input
        allowClear
        size="small"
        value={needle}
        placeholder={t('analysis.findField')}
        aria-label={t('analysis.findField')}
        onChange={(event) => setNeedle(event.target.value)}
      />
      {found.map(({ path, label, choices }) => (
        <details key={path} open={path === '' || sought !== ''}>
          <summary>{label}</summary>
          <ul>
            {choices.map((choice) => (
              <Field key={choice.path} choice={choice} onAdd={onAdd} />
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function Field({ choice, onAdd }: { choice: Choice; onAdd: Props['onAdd'] }) {
  const { t } = useTranslation();
  const wells: Well[] = canGroup(choice.field.kind) ? ['rows', 'columns', 'values'] : ['values'];
  return (
    <li
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, choice.path);
        event.dataTransfer.effectAllowed = 'copy';
      }}
    >
      <span>{choice.label}</span>
      <Dropdown
        trigger={['click']}
        menu={{
          items: wells.map((well) => ({
            key: well,
            label: t(`analysis.to.${well}`),
            onClick: () => onAdd(choice, well),
          })),
        }}
      >
        <button type="button" className="icon-button" aria-label={t('analysis.add', { name: choice.label })}>
          <PlusOutlined aria-hidden />
        </button>
      </Dropdown>
    </li>
  );
}

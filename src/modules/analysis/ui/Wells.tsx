import { CloseOutlined, LeftOutlined, RightOutlined, SettingOutlined } from '@ant-design/icons';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupSpec, ValueSpec } from '../../../platform/analysis/query.shared.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { MetaEntity } from '../../../web/api/types.ts';
import { useDropTarget } from '../../../web/shell/useDropTarget.ts';
import { GroupDialog, ValueDialog } from './dialogs.tsx';
import { type Choice, choiceAt, type Draft, moved } from './model.ts';
import { DRAGGED, type Well } from './Palette.tsx';
import { groupWords, valueWords } from './words.ts';

interface Props {
  entity: MetaEntity;
  draft: Draft;
  onChange(change: Partial<Draft>): void;
  onAdd(choice: Choice, well: Well): void;
}

/** Rows, columns and numbers of a report: what was dropped there, in its order. */
export function Wells({ entity, draft, onChange, onAdd }: Props) {
  const { t } = useTranslation();
  const meta = useMeta();
  const [editing, setEditing] = useState<{ well: Well; at: number } | null>(null);
  const drop = (well: Well) => (path: string) => {
    const choice = choiceAt(meta, entity, path);
    if (choice) onAdd(choice, well);
  };
  const groups = (well: 'rows' | 'columns') => (
    <WellBox
      title={t(`analysis.${well}`)}
      hint={t(`analysis.${well}Hint`)}
      names={draft[well].map((spec) => groupWords(t, meta, entity, spec))}
      onDrop={drop(well)}
      onMove={(from, to) => onChange({ [well]: moved(draft[well], from, to) })}
      onRemove={(at) => onChange({ [well]: draft[well].filter((_, index) => index !== at) })}
      onEdit={(at) => setEditing({ well, at })}
    />
  );
  const put = <T,>(items: readonly T[], at: number, item: T) =>
    items.map((each, index) => (index === at ? item : each));
  return (
    <>
      {groups('rows')}
      {groups('columns')}
      <WellBox
        title={t('analysis.values')}
        hint={t('analysis.valuesHint')}
        names={draft.values.map((spec) => valueWords(t, meta, entity, spec))}
        onDrop={drop('values')}
        onMove={(from, to) => onChange({ values: moved(draft.values, from, to) })}
        onRemove={(at) => onChange({ values: draft.values.filter((_, index) => index !== at) })}
        onEdit={(at) => setEditing({ well: 'values', at })}
      >
        <button
          type="button"
          className="link"
          onClick={() => onChange({ values: [...draft.values, { fn: 'count' }] })}
        >
          {t('analysis.addCount')}
        </button>
        <button
          type="button"
          className="link"
          onClick={() => {
            onChange({ values: [...draft.values, { ratio: [{ fn: 'count' }, { fn: 'count' }] }] });
            setEditing({ well: 'values', at: draft.values.length });
          }}
        >
          {t('analysis.addRatio')}
        </button>
      </WellBox>
      {editing && editing.well !== 'values' && draft[editing.well][editing.at] && (
        <GroupDialog
          entity={entity}
          spec={draft[editing.well][editing.at] as GroupSpec}
          onClose={() => setEditing(null)}
          onSave={(spec) =>
            onChange({ [editing.well]: put(draft[editing.well as 'rows'], editing.at, spec) })
          }
        />
      )}
      {editing?.well === 'values' && draft.values[editing.at] && (
        <ValueDialog
          entity={entity}
          spec={draft.values[editing.at] as ValueSpec}
          onClose={() => setEditing(null)}
          onSave={(spec) => onChange({ values: put(draft.values, editing.at, spec) })}
        />
      )}
    </>
  );
}

interface BoxProps {
  title: string;
  hint: string;
  names: string[];
  onDrop(path: string): void;
  onMove(from: number, to: number): void;
  onRemove(at: number): void;
  onEdit(at: number): void;
  children?: ReactNode;
}

function WellBox({ title, hint, names, onDrop, onMove, onRemove, onEdit, children }: BoxProps) {
  const { t } = useTranslation();
  const { over, target } = useDropTarget((event) => onDrop(event.dataTransfer.getData(DRAGGED)));
  return (
    <fieldset className={`report-well${over ? ' over' : ''}`} {...target}>
      <legend>{title}</legend>
      {names.length === 0 && <span className="quiet">{hint}</span>}
      {names.map((name, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same field may stand here twice
        <span key={at} className="report-chip">
          {at > 0 && (
            <button
              type="button"
              aria-label={t('analysis.forward', { name })}
              onClick={() => onMove(at, at - 1)}
            >
              <LeftOutlined aria-hidden />
            </button>
          )}
          <button type="button" className="report-chip-name" onClick={() => onEdit(at)}>
            {name} <SettingOutlined aria-hidden />
          </button>
          {at < names.length - 1 && (
            <button
              type="button"
              aria-label={t('analysis.backward', { name })}
              onClick={() => onMove(at, at + 1)}
            >
              <RightOutlined aria-hidden />
            </button>
          )}
          <button type="button" aria-label={t('analysis.remove', { name })} onClick={() => onRemove(at)}>
            <CloseOutlined aria-hidden />
          </button>
        </span>
      ))}
      {children}
    </fieldset>
  );
}

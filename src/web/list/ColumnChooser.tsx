import { HolderOutlined } from '@ant-design/icons';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity } from '../api/types.ts';
import { Pop } from '../shell/Pop.tsx';
import { possibleColumns } from './columns.ts';

interface Props {
  entity: MetaEntity;
  names: string[];
  onChange: (names: string[]) => void;
  onReset: () => void;
}

/** Which columns, and in which order: drag, or move with the arrow keys. */
export function ColumnChooser({ entity, names, onChange, onReset }: Props) {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<string | null>(null);
  const all = possibleColumns(entity);
  const shown = names.flatMap((name) => all.find((field) => field.name === name) ?? []);
  const hidden = all.filter((field) => !names.includes(field.name));
  const move = (name: string, to: number) => {
    const rest = names.filter((other) => other !== name);
    rest.splice(Math.max(0, Math.min(to, rest.length)), 0, name);
    onChange(rest);
  };
  return (
    <Pop
      align="end"
      label={t('columns.title')}
      className="columns-pop"
      trigger={(props) => (
        <button type="button" className="button" {...props}>
          {t('columns.title')}
        </button>
      )}
    >
      {() => (
        <>
          <ul className="column-list">
            {shown.map((field, index) => (
              <li
                key={field.name}
                draggable
                className={dragged === field.name ? 'dragged' : ''}
                onDragStart={() => setDragged(field.name)}
                onDragEnd={() => setDragged(null)}
                onDragOver={(event) => {
                  event.preventDefault();
                  if (dragged && dragged !== field.name) move(dragged, index);
                }}
              >
                <button
                  type="button"
                  className="icon-button"
                  aria-label={t('columns.move', { label: field.label })}
                  onKeyDown={(event) => {
                    if (event.key === 'ArrowUp') move(field.name, index - 1);
                    if (event.key === 'ArrowDown') move(field.name, index + 1);
                  }}
                >
                  <HolderOutlined />
                </button>
                <Checkbox
                  checked
                  disabled={shown.length === 1}
                  onChange={() => onChange(names.filter((name) => name !== field.name))}
                >
                  {field.label}
                </Checkbox>
              </li>
            ))}
          </ul>
          {hidden.length > 0 && <hr />}
          <ul className="column-list">
            {hidden.map((field) => (
              <li key={field.name} className="off">
                <Checkbox checked={false} onChange={() => onChange([...names, field.name])}>
                  {field.label}
                </Checkbox>
              </li>
            ))}
          </ul>
          <button type="button" className="link" onClick={onReset}>
            {t('columns.reset')}
          </button>
        </>
      )}
    </Pop>
  );
}

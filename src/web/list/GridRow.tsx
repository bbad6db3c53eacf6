import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity, MetaField, WireRecord } from '../api/types.ts';
import { FieldValue } from '../fields/FieldValue.tsx';
import { valueText } from '../fields/format.ts';
import { CellEditor } from './CellEditor.tsx';
import type { Column } from './columns.ts';
import type { Cursor } from './Grid.tsx';
import { leftOut } from './leftOut.ts';
import type { RowCommand } from './rowActions.ts';

interface Props {
  entity: MetaEntity;
  record: WireRecord;
  columns: Column[];
  actions: RowCommand[];
  index: number;
  top: number;
  selected: boolean;
  /** The column where the keyboard stands, or -1. */
  current: number;
  editing: boolean;
  bin: boolean;
  onSelect: (index: number, range: boolean) => void;
  onCursor: (cursor: Cursor) => void;
  onEdit: (editing: boolean) => void;
  onOpen: (id: string) => void;
}

/** Kinds that a table cell can hold an editor for. */
export const editableInCell = (field: MetaField, record: WireRecord): boolean =>
  field.access === 'write' && !field.immutable && record.can.update && field.kind !== 'json';

/** Rows are made anew while scrolling: nothing in them is dearer than it must be. */
export const GridRow = memo(function GridRow(props: Props) {
  const { t } = useTranslation();
  const { entity, record, columns, actions, index, top, selected, current, bin } = props;
  const mark = leftOut(entity, record);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`grid-row ${selected ? 'selected' : ''} ${current >= 0 ? 'current' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" className="grid-cell box">
        <input
          type="checkbox"
          className="row-check"
          aria-label={t('list.select', { title: record.title })}
          checked={selected}
          onChange={(event) => props.onSelect(index, (event.nativeEvent as MouseEvent).shiftKey)}
        />
      </div>
      {columns.map(({ field, numeric }, column) => {
        const here = column === current;
        const editable = !bin && editableInCell(field, record);
        const value = record[field.name];
        const editing = here && props.editing && editable;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid's own keys do the same
          <div
            key={field.name}
            role="gridcell"
            className={`grid-cell ${numeric ? 'numeric' : ''} ${here ? 'here' : ''} ${editable ? 'editable' : ''} ${editing ? 'editing' : ''}`}
            title={field.kind === 'longText' ? undefined : valueText(field, value) || undefined}
            onClick={() => props.onCursor({ row: index, column })}
            onDoubleClick={() => {
              if (!editable) return;
              props.onCursor({ row: index, column });
              props.onEdit(true);
            }}
          >
            {editing ? (
              <CellEditor entity={entity} record={record} field={field} onClose={() => props.onEdit(false)} />
            ) : field.name === entity.title && !bin ? (
              <>
                <a
                  className="title-link"
                  href={`/r/${entity.plural}/${record.id}`}
                  draggable={false}
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
                    event.preventDefault();
                    props.onOpen(record.id);
                  }}
                >
                  {record.title || '—'}
                </a>
                {mark && <span className="tag">{mark}</span>}
                {actions.map((action) => (
                  // The keyboard has a key of its own for it: no stop in every row.
                  <button
                    key={action.key}
                    type="button"
                    tabIndex={-1}
                    className="row-action"
                    aria-label={t(action.label, { title: record.title })}
                    title={t(action.label, { title: record.title })}
                    onClick={() => action.run(record)}
                  >
                    {t(action.short)}
                  </button>
                ))}
              </>
            ) : (
              <FieldValue field={field} value={value} compact />
            )}
          </div>
        );
      })}
    </div>
  );
});

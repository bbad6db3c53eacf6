import { Checkbox } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireRecord } from '../api/types.ts';
import type { Column } from './columns.ts';
import type { SortKey } from './filterModel.ts';
import type { Selection } from './selection.ts';

interface Props {
  rows: WireRecord[];
  columns: Column[];
  sort: SortKey[];
  selection: Selection;
  onSort: (field: string, add: boolean) => void;
  onResize: (field: string, width: number) => void;
  onSelectAll: () => void;
}

export function GridHeader({ rows, columns, sort, selection, onSort, onResize, onSelectAll }: Props) {
  const { t } = useTranslation();
  const full = selection.all || (rows.length > 0 && rows.every((row) => selection.ids.has(row.id)));
  const some = selection.ids.size > 0 && !full;
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" className="grid-row" aria-rowindex={1}>
        <div role="columnheader" className="grid-cell box">
          <Checkbox
            aria-label={t('list.selectAll')}
            checked={full}
            indeterminate={some}
            onChange={onSelectAll}
          />
        </div>
        {columns.map(({ field, width, numeric }) => {
          const at = sort.findIndex((key) => key.field === field.name);
          const key = sort[at];
          return (
            <div
              key={field.name}
              role="columnheader"
              aria-sort={key ? (key.down ? 'descending' : 'ascending') : undefined}
              className={`grid-cell ${numeric ? 'numeric' : ''}`}
            >
              {field.sortable ? (
                <button
                  type="button"
                  className="head-button"
                  title={t('list.sortHint')}
                  onClick={(event) => onSort(field.name, event.shiftKey)}
                >
                  <span>{field.label}</span>
                  {key && (
                    <i aria-hidden>
                      {key.down ? '↓' : '↑'}
                      {sort.length > 1 ? at + 1 : ''}
                    </i>
                  )}
                </button>
              ) : (
                <span className="head-text">{field.label}</span>
              )}
              <Grip width={width} onResize={(next) => onResize(field.name, next)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Drags the column's edge; the width is kept once the pointer lets go. */
function Grip({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  const start = useRef<{ x: number; width: number } | null>(null);
  return (
    <span
      className="grip"
      aria-hidden
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (start.current) onResize(start.current.width + event.clientX - start.current.x);
      }}
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { useLook } from '../shell/look.ts';
import { ROW } from '../theme.ts';
import type { Column } from './columns.ts';
import type { SortKey } from './filterModel.ts';
import { GridHeader } from './GridHeader.tsx';
import { GridRow } from './GridRow.tsx';
import type { RowCommand } from './rowActions.ts';
import { isSelected, type Selection } from './selection.ts';

const HEAD = 34;
const AHEAD = 12;
const BOX = 40;
/** Rows before the end at which the next page is asked for. */
const FETCH_AHEAD = 100;

export interface Cursor {
  row: number;
  column: number;
}

interface Props {
  entity: MetaEntity;
  rows: WireRecord[];
  columns: Column[];
  actions: RowCommand[];
  sort: SortKey[];
  selection: Selection;
  cursor: Cursor;
  editing: boolean;
  total: number;
  moreToCome: boolean;
  bin: boolean;
  onMore: () => void;
  onSort: (field: string, add: boolean) => void;
  onResize: (field: string, width: number) => void;
  onSelect: (index: number, range: boolean) => void;
  onSelectAll: () => void;
  onCursor: (cursor: Cursor) => void;
  onEdit: (editing: boolean) => void;
  onOpen: (id: string) => void;
}

/** The table: only the rows in sight exist, so ten thousand loaded ones scroll like fifty. */
export function Grid(props: Props) {
  const { t } = useTranslation();
  const { rows, columns, selection, cursor, moreToCome, onMore } = props;
  const box = useRef<HTMLDivElement>(null);
  const row = ROW[useLook().density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => row,
    overscan: AHEAD,
    scrollMargin: 0,
    scrollPaddingStart: HEAD,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are measured anew when the height changes
  useEffect(() => virtual.measure(), [row, virtual]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (moreToCome && last >= rows.length - FETCH_AHEAD) onMore();
  }, [last, rows.length, moreToCome, onMore]);
  useEffect(() => {
    if (cursor.row >= 0) virtual.scrollToIndex(cursor.row, { align: 'auto' });
  }, [cursor.row, virtual]);
  // Scrolling draws the table anew for every frame; its head only changes with what the list gives.
  const head = useMemo(() => <GridHeader {...props} />, [props]);
  const template = `${BOX}px ${columns.map((column) => `${column.width}px`).join(' ')} minmax(0, 1fr)`;
  const width = BOX + columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div
      ref={box}
      className="grid card"
      role="grid"
      aria-label={props.entity.manyLabel}
      aria-rowcount={props.total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      tabIndex={0}
      style={{ '--columns': template, '--grid-width': `${width}px` } as React.CSSProperties}
    >
      {head}
      <div role="rowgroup" className="grid-body" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const record = rows[item.index];
          if (!record) return null;
          return (
            <GridRow
              key={record.id}
              entity={props.entity}
              record={record}
              columns={columns}
              actions={props.actions}
              index={item.index}
              top={item.start}
              selected={isSelected(selection, record.id)}
              current={cursor.row === item.index ? cursor.column : -1}
              editing={props.editing && cursor.row === item.index}
              bin={props.bin}
              onSelect={props.onSelect}
              onCursor={props.onCursor}
              onEdit={props.onEdit}
              onOpen={props.onOpen}
            />
          );
        })}
      </div>
      {moreToCome && <p className="grid-more quiet">{t('loading')}</p>}
    </div>
  );
}

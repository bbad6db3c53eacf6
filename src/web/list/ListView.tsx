import { useNavigate } from '@tanstack/react-router';
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useTranslation } from 'react-i18next';
import { arrivals, onArrival } from '../api/live.ts';
import { may } from '../api/meta.tsx';
import { refreshEntity, type Target, useList } from '../api/records.ts';
import type { MetaEntity } from '../api/types.ts';
import { useKeys, usePhone } from '../shell/hooks.ts';
import { useCreate } from '../shell/QuickCreate.tsx';
import { FailedPage } from '../shell/StatusPage.tsx';
import { Cards } from './Cards.tsx';
import { ColumnChooser } from './ColumnChooser.tsx';
import { useColumns } from './columns.ts';
import { EmptyList } from './EmptyList.tsx';
import { FilterBar } from './FilterBar.tsx';
import { conditionsOf, nextSort, parseSort, sortText } from './filterModel.ts';
import { type Cursor, Grid } from './Grid.tsx';
import { editableInCell } from './GridRow.tsx';
import { ListHead } from './ListHead.tsx';
import { rememberList } from './neighbours.ts';
import { useRowActions } from './rowActions.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { clickAll, clickRow, NONE, type Selection, selectionCount } from './selection.ts';
import { useListState } from './useListState.ts';
import { ViewTabs } from './ViewTabs.tsx';

const ExportDialog = lazy(() => import('./ExportDialog.tsx').then((m) => ({ default: m.ExportDialog })));

/** The list of any record type: views, filter, table or cards, and what can be done with the chosen rows. */
export function ListView({ entity }: { entity: MetaEntity }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const navigate = useNavigate();
  const create = useCreate();
  const state = useListState(entity);
  const layout = useColumns(entity, state.view);
  const list = useList(entity.plural, state.wish);
  const [selection, setSelection] = useState<Selection>(NONE);
  const [cursor, setCursor] = useState<Cursor>({ row: -1, column: 0 });
  const [editing, setEditing] = useState(false);
  const [exporting, setExporting] = useState(false);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  const sort = parseSort(state.sort);
  const first = list.data?.pages[0];
  const total = first?.total ?? rows.length;
  const totalText = first?.totalIsExact === false ? `${total.toLocaleString()}+` : total.toLocaleString();
  const wishKey = JSON.stringify(state.wish);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question starts with nothing selected
  useEffect(() => {
    setSelection(NONE);
    setCursor({ row: -1, column: 0 });
    setEditing(false);
  }, [wishKey]);
  useEffect(() => rememberList(entity.plural, ids), [entity.plural, ids]);

  const { fetchNextPage, isFetchingNextPage, hasNextPage } = list;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  // Read when a row is pressed: with a new function for each page that arrives every row would be drawn again.
  const idsNow = useRef(ids);
  idsNow.current = ids;
  const select = useCallback(
    (index: number, range: boolean) => setSelection((held) => clickRow(held, idsNow.current, index, range)),
    [],
  );
  const pick = useCallback((next: Cursor) => {
    setCursor((held) => {
      if (held.row !== next.row || held.column !== next.column) setEditing(false);
      return next;
    });
  }, []);
  const openRecord = useCallback(
    (id: string) => void navigate({ to: '/r/$plural/$id', params: { plural: entity.plural, id } }),
    [navigate, entity.plural],
  );
  const step = (rowStep: number, columnStep = 0) => {
    setEditing(false);
    setCursor(({ row, column }) => ({
      row: Math.max(0, Math.min(row + rowStep, rows.length - 1)),
      column: Math.max(0, Math.min(column + columnStep, layout.columns.length - 1)),
    }));
  };
  const current = rows[cursor.row];
  const open = (page: '/r/$plural/$id' | '/r/$plural/$id/edit') => {
    if (current && !state.bin) void navigate({ to: page, params: { plural: entity.plural, id: current.id } });
  };
  const field = layout.columns[cursor.column]?.field;
  const actions = useRowActions(entity);
  const actionKeys = actions.map(
    ({ key, run }) => [key, () => current && !state.bin && run(current)] as const,
  );
  useKeys(
    {
      j: () => step(1),
      k: () => step(-1),
      arrowdown: () => step(1),
      arrowup: () => step(-1),
      arrowleft: () => step(0, -1),
      arrowright: () => step(0, 1),
      enter: () => open('/r/$plural/$id'),
      e: () => current?.can.update && open('/r/$plural/$id/edit'),
      f2: () => current && field && editableInCell(field, current) && !state.bin && setEditing(true),
      x: (event) => cursor.row >= 0 && select(cursor.row, event.shiftKey),
      n: () => may(entity, 'create') && void create(entity),
      '/': () => document.querySelector<HTMLElement>('.list-search input, input.list-search')?.focus(),
      escape: () => setSelection(NONE),
      ...Object.fromEntries(actionKeys),
    },
    !editing,
  );

  const target: Target = selection.all
    ? { all: true, filter: state.wish.filter ?? null, ...(state.q ? { q: state.q } : {}) }
    : { ids: [...selection.ids] };
  const count = selectionCount(selection, total);
  const definition = {
    filter: state.wish.filter ?? null,
    sort: state.sort,
    columns: layout.names,
    ...(state.q ? { q: state.q } : {}),
  };
  const fresh = useSyncExternalStore(onArrival, () => arrivals.has(entity.plural));
  const filtered = (conditionsOf(state.filter).length > 0 && !state.usual) || !!state.q;
  return (
    <div className="page full list-page">
      <ListHead
        entity={entity}
        state={state}
        onExport={() => setExporting(true)}
        onCreate={() => void create(entity)}
      />
      <ViewTabs entity={entity} state={state} definition={definition} />
      {count > 0 ? (
        <SelectionBar
          entity={entity}
          target={target}
          count={count}
          total={totalText}
          canTakeAll={!selection.all && !state.bin && hasNextPage && ids.every((id) => selection.ids.has(id))}
          onTakeAll={() => setSelection({ ids: new Set(), all: true, anchor: null })}
          onExport={() => setExporting(true)}
          onDone={() => setSelection(NONE)}
          bin={state.bin}
        />
      ) : (
        <div className="list-tools">
          <FilterBar
            entity={entity}
            filter={state.filter}
            q={state.q}
            onFilter={(filter) => state.set({ filter })}
            onSearch={(q) => state.set({ q: q || undefined })}
          />
          {fresh && (
            <button
              type="button"
              className="link"
              onClick={() => {
                arrivals.delete(entity.plural);
                refreshEntity(entity.plural);
              }}
            >
              {t('list.fresh')}
            </button>
          )}
          <span className="quiet list-total" role="status">
            {first ? t('list.total', { total: totalText }) : ''}
          </span>
          {!phone && (
            <ColumnChooser
              entity={entity}
              names={layout.names}
              onChange={layout.choose}
              onReset={layout.reset}
            />
          )}
        </div>
      )}
      {list.error && !list.data ? (
        <FailedPage error={list.error} again={() => void list.refetch()} />
      ) : list.isPending ? (
        <GridSkeleton />
      ) : rows.length === 0 ? (
        <EmptyList
          entity={entity}
          filtered={filtered}
          bin={state.bin}
          onClear={() => state.set({ filter: { and: [] }, q: undefined })}
          onCreate={() => void create(entity)}
        />
      ) : phone ? (
        <Cards
          entity={entity}
          rows={rows}
          columns={layout.columns}
          actions={state.bin ? [] : actions}
          moreToCome={hasNextPage}
          onMore={more}
        />
      ) : (
        <Grid
          entity={entity}
          rows={rows}
          columns={layout.columns}
          actions={actions}
          sort={sort}
          selection={selection}
          cursor={cursor}
          editing={editing}
          total={total}
          moreToCome={hasNextPage}
          bin={state.bin}
          onMore={more}
          onSort={(name, add) => state.set({ sort: sortText(nextSort(sort, name, add)) || undefined })}
          onResize={layout.resize}
          onSelect={select}
          onSelectAll={() => setSelection((held) => clickAll(held, ids))}
          onCursor={pick}
          onEdit={setEditing}
          onOpen={openRecord}
        />
      )}
      {exporting && (
        <Suspense fallback={null}>
          <ExportDialog
            entity={entity}
            wish={state.wish}
            columns={layout.names}
            selected={count > 0 ? { target, count } : null}
            total={totalText}
            onClose={() => setExporting(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Holds the table's shape while the first rows are on their way. */
function GridSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="card grid-skeleton" role="status" aria-label={t('loading')}>
      {Array.from({ length: 12 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: twelve like lines
        <i key={index} />
      ))}
    </div>
  );
}

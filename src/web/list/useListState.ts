import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { get } from '../api/client.ts';
import type { ListWish } from '../api/records.ts';
import type { Filter, MetaEntity, SavedView } from '../api/types.ts';
import type { ListSearch } from '../router.tsx';
import { tidy } from './filterModel.ts';
import { usualFilter } from './leftOut.ts';

export const viewsKey = (entity: string) => ['views', entity];

export function useViews(entity: string) {
  return useQuery({
    queryKey: viewsKey(entity),
    queryFn: () => get<{ items: SavedView[] }>('/views', { entity }),
    staleTime: 300_000,
  });
}

export interface ListState {
  view: SavedView | undefined;
  wish: ListWish;
  /** The filter as it stands in the bar, unfinished terms included. */
  filter: Filter | null;
  sort: string;
  q: string;
  bin: boolean;
  /** Nobody asked for less than everything. */
  usual: boolean;
  /** The list shows something else than the chosen view. */
  changed: boolean;
  set: (part: Partial<ListSearch>) => void;
  choose: (view: SavedView | null) => void;
}

/** The list's state lives in the page's address; a chosen view fills in what the address leaves open. */
export function useListState(entity: MetaEntity): ListState {
  const search = useSearch({ from: '/r/$plural' });
  const navigate = useNavigate({ from: '/r/$plural' });
  const { data } = useViews(entity.name);
  const view = data?.items.find((item) => item.id === search.view);
  const sort = search.sort ?? view?.definition.sort ?? entity.list.sort;
  const q = search.q ?? view?.definition.q ?? '';
  const bin = !!search.bin;
  // Whoever searches, or chose a view, asks for what it says and nothing less.
  const all = useMemo(() => usualFilter(entity), [entity]);
  const usual = search.view || bin || q ? null : all;
  const filter = search.filter ?? view?.definition.filter ?? usual;
  const wish: ListWish = {
    ...(tidy(filter) ? { filter: tidy(filter) } : {}),
    sort,
    ...(q ? { q } : {}),
    ...(bin ? { deleted: true } : {}),
  };
  return {
    view,
    wish,
    filter,
    sort,
    q,
    bin,
    usual: filter === usual,
    changed: search.filter !== undefined || search.sort !== undefined || search.q !== undefined,
    set: (part) =>
      void navigate({
        search: (old) => ({ ...old, ...part }),
        replace: true,
      }),
    choose: (next) => void navigate({ search: next ? { view: next.id } : {} }),
  };
}

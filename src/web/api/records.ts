import { type InfiniteData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, patch, post } from './client.ts';
import { queryClient } from './query.ts';
import type { Filter, ListAnswer, MassAnswer, MassStarted, MetaEntity, WireRecord } from './types.ts';

/** What a list shows: part of the page's address and of a saved view. */
export interface ListWish {
  filter?: Filter | null | undefined;
  sort?: string | undefined;
  q?: string | undefined;
  deleted?: boolean | undefined;
}

const PAGE = 100;
/** Who scrolls on wants more at once. */
const NEXT_PAGE = 200;

export const listKey = (plural: string, wish: ListWish) => ['list', plural, wish] as const;
/** The loaded lists of a record type; what is asked anew with them and holds no records stands under `short`. */
export const listsOf = (plural: string) => ({ queryKey: ['list', plural] });
export const recordKey = (plural: string, id: string) => ['record', plural, id] as const;

/** Pages of a list by keyset cursor; the total comes with the first page. */
export function useList(plural: string, wish: ListWish, enabled = true) {
  return useInfiniteQuery({
    queryKey: listKey(plural, wish),
    enabled,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<ListAnswer>(
        `/${plural}`,
        {
          filter: wish.filter ?? undefined,
          sort: wish.sort,
          q: wish.q,
          deleted: wish.deleted ? 'true' : undefined,
          limit: pageParam ? NEXT_PAGE : PAGE,
          cursor: pageParam,
          count: pageParam ? undefined : 'true',
        },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (previous) => previous,
  });
}

/** A short list, whole: children on a file page, departments, roles. */
export function useShortList(plural: string | undefined, wish: ListWish, limit = 100) {
  return useQuery({
    queryKey: ['short', plural, wish, limit],
    enabled: !!plural,
    queryFn: () =>
      get<ListAnswer>(`/${plural}`, {
        filter: wish.filter ?? undefined,
        sort: wish.sort,
        q: wish.q,
        limit,
        count: 'true',
      }),
  });
}

export function useRecord(plural: string, id: string) {
  return useQuery({
    queryKey: recordKey(plural, id),
    queryFn: ({ signal }) => get<WireRecord>(`/${plural}/${id}`, undefined, signal),
  });
}

type Pages = InfiniteData<ListAnswer, string | null>;

/** Writes a record into every answer that holds it, so that all screens show the same. */
export function putRecord(plural: string, record: WireRecord): void {
  queryClient.setQueryData(recordKey(plural, record.id), record);
  const swap = (items: WireRecord[]) =>
    items.some((item) => item.id === record.id)
      ? items.map((item) => (item.id === record.id ? record : item))
      : items;
  queryClient.setQueriesData<Pages>(listsOf(plural), (old) =>
    old ? { ...old, pages: old.pages.map((page) => withItems(page, swap(page.items))) } : old,
  );
  queryClient.setQueriesData<ListAnswer>({ queryKey: ['short', plural] }, (old) =>
    old?.items ? withItems(old, swap(old.items)) : old,
  );
}

/** Takes records out of every list, for example after deletion. */
export function dropRecords(plural: string, ids: ReadonlySet<string>): void {
  const keep = (page: ListAnswer) => {
    const items = page.items.filter((item) => !ids.has(item.id));
    return withItems(page, items.length === page.items.length ? page.items : items);
  };
  queryClient.setQueriesData<Pages>(listsOf(plural), (old) =>
    old ? { ...old, pages: old.pages.map(keep) } : old,
  );
  queryClient.setQueriesData<ListAnswer>({ queryKey: ['short', plural] }, (old) =>
    old?.items ? keep(old) : old,
  );
}

const withItems = (page: ListAnswer, items: WireRecord[]): ListAnswer =>
  items === page.items ? page : { ...page, items };

/** Asks the server again for everything shown of a record type. */
export function refreshEntity(plural: string): void {
  void queryClient.invalidateQueries({ queryKey: ['list', plural] });
  void queryClient.invalidateQueries({ queryKey: ['short', plural] });
  void queryClient.invalidateQueries({ queryKey: ['record', plural] });
  void queryClient.invalidateQueries({ queryKey: ['timeline'] });
  void queryClient.invalidateQueries({ queryKey: ['audit'] });
}

/** Numbers and strings that mean a reference are sent as its id. */
export function wireOf(changes: Record<string, unknown>): Record<string, unknown> {
  const one = (value: unknown): unknown => {
    // Rows of a part keep what is written into them; a reference has a title besides its id.
    if (Array.isArray(value)) return value.map((item) => (isRow(item) ? item : one(item)));
    if (value && typeof value === 'object' && 'id' in value) return (value as { id: string }).id;
    return value === undefined ? null : value;
  };
  return Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, one(value)]));
}

const isRow = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && 'id' in item && !('title' in item);

type Saved = WireRecord & { warnings?: { path: string; message: string }[] };

export const createRecord = (plural: string, values: Record<string, unknown>) =>
  post<Saved>(`/${plural}`, wireOf(values));

export const updateRecord = (plural: string, record: WireRecord, changes: Record<string, unknown>) =>
  patch<Saved>(`/${plural}/${record.id}`, wireOf(changes), record.version);

export const restoreRecord = (plural: string, id: string) => post<WireRecord>(`/${plural}/${id}/restore`);
export const undoMass = (undoId: string) =>
  post<{ restored: number; conflicts: { id: string; title: string }[] } | MassStarted>(`/undo/${undoId}`);

/** Which records a mass action means: chosen ones, or everything the list shows. */
export type Target = { ids: string[] } | { all: true; filter: Filter | null; q?: string };

export type MassVerb = 'update' | 'delete' | 'transfer' | 'restore';

/** Does the same to many records; each that may not or cannot be changed is named in the answer. */
export function massAction(
  entity: MetaEntity,
  action: MassVerb,
  target: Target,
  input: Record<string, unknown> = {},
): Promise<MassAnswer | MassStarted> {
  const verb = action === 'transfer' ? action : `mass-${action}`;
  return post(`/${entity.plural}/${verb}`, { ...target, ...input });
}

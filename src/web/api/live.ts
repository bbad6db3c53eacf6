import { useEffect } from 'react';
import { get } from './client.ts';
import { viewOf } from './meta.tsx';
import { queryClient } from './query.ts';
import { dropRecords, listsOf, putRecord, recordKey } from './records.ts';
import { listen } from './stream.ts';
import type { Told } from './streamSource.ts';
import type { Meta, WireRecord } from './types.ts';

interface Change {
  entity: string;
  /** Left out when many records of the type changed at once. */
  id?: string;
  version?: number;
  action: string;
}

type SingleChange = Change & { id: string };

/** Above this many changes at once, lists are asked again instead of record by record. */
const SINGLE_LIMIT = 20;
const PAUSE_MS = 400;

let pending: Change[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

const pluralOf = (entity: string) => {
  const meta = queryClient.getQueryData<Meta>(['meta']);
  return meta ? viewOf(meta).entity(entity)?.plural : undefined;
};

/** Is this version of a record already on the screen (for example by our own edit)? */
function known(plural: string, change: SingleChange): boolean {
  const held = queryClient.getQueryData<WireRecord>(recordKey(plural, change.id));
  return !!held && change.version !== undefined && held.version >= change.version;
}

function isLoaded(plural: string, id: string): boolean {
  if (queryClient.getQueryData(recordKey(plural, id))) return true;
  return queryClient
    .getQueriesData<{ pages: { items: WireRecord[] }[] }>(listsOf(plural))
    .some(([, data]) => data?.pages.some((page) => page.items.some((item) => item.id === id)));
}

async function apply(plural: string, changes: Change[]): Promise<void> {
  const single = changes.filter((change): change is SingleChange => change.id !== undefined);
  const last = new Map(single.map((change) => [change.id, change]));
  if (last.size > SINGLE_LIMIT || single.length < changes.length) {
    void queryClient.invalidateQueries({ queryKey: ['list', plural] });
    void queryClient.invalidateQueries({ queryKey: ['record', plural] });
  } else {
    for (const change of last.values()) {
      if (change.action === 'delete') dropRecords(plural, new Set([change.id]));
      else if (isLoaded(plural, change.id) && !known(plural, change)) {
        await get<WireRecord>(`/${plural}/${change.id}`)
          .then((record) => putRecord(plural, record))
          // Out of sight by now: another's transfer took it away.
          .catch(() => dropRecords(plural, new Set([change.id])));
      } else if (change.action === 'create' || change.action === 'restore') arrivals.add(plural);
    }
  }
  void queryClient.invalidateQueries({ queryKey: ['short', plural] });
  void queryClient.invalidateQueries({ queryKey: ['timeline'] });
  void queryClient.invalidateQueries({ queryKey: ['comments'] });
  for (const listener of arrivalListeners) listener();
}

/** Record types with new records that an open list does not show yet. */
export const arrivals = new Set<string>();
const arrivalListeners = new Set<() => void>();
export const onArrival = (listener: () => void) => {
  arrivalListeners.add(listener);
  return () => arrivalListeners.delete(listener);
};

const notificationListeners = new Set<(fresh: boolean) => void>();
/** Listens for changes of one's notifications; `fresh` when something has come. */
export const onNotification = (listener: (fresh: boolean) => void) => {
  notificationListeners.add(listener);
  return () => {
    notificationListeners.delete(listener);
  };
};

function flush(): void {
  const byEntity = Map.groupBy(pending, (change) => change.entity);
  pending = [];
  for (const [entity, changes] of byEntity) {
    const plural = pluralOf(entity);
    if (plural) void apply(plural, changes);
  }
}

/** What is done with each word of the server. */
const HEARD: Record<Parameters<Told>[0], (data: string) => void> = {
  change: (data) => {
    pending.push(JSON.parse(data) as Change);
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE_MS);
  },
  job: (data) => {
    const job = JSON.parse(data) as { id: string };
    void queryClient.invalidateQueries({ queryKey: ['job', job.id] });
    void queryClient.invalidateQueries({ queryKey: ['mass-actions'], exact: true });
  },
  notification: (data) => {
    const { fresh } = JSON.parse(data) as { fresh: boolean };
    for (const listener of notificationListeners) listener(fresh);
  },
  meta: (data) => {
    const { version } = JSON.parse(data) as { version: string };
    if (queryClient.getQueryData<Meta>(['meta'])?.version !== version)
      void queryClient.invalidateQueries({ queryKey: ['meta'] });
  },
};

/** Keeps the page in step with what others do: changes, jobs, new fields. The browser reconnects by itself. */
export function useLive(who: string): void {
  useEffect(
    () =>
      listen(
        who,
        (name, data) => HEARD[name](data),
        () => void queryClient.invalidateQueries(),
      ),
    [who],
  );
}

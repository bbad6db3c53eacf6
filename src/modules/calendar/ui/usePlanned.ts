import { useMeta } from '../../../web/api/meta.tsx';
import { useShortList } from '../../../web/api/records.ts';
import type { Link as Reference, WireRecord } from '../../../web/api/types.ts';

const MOST = 200;

/** What of tasks and visits is still to come for these customers: by customer, its day and name. */
export function usePlanned(customers: readonly WireRecord[]): (id: string) => WireRecord | null {
  const meta = useMeta();
  const ids = customers.slice(0, MOST).map(({ id }) => id);
  const wish = (state: string) => ({
    filter: {
      and: [
        { field: 'customer', op: 'in' as const, value: ids },
        { field: 'status', op: 'in' as const, value: [state] },
      ],
    },
  });
  const known = (name: string) => (ids.length > 0 ? meta.entity(name)?.plural : undefined);
  const tasks = useShortList(known('task'), wish('open'), MOST);
  const visits = useShortList(known('visit'), wish('planned'), MOST);
  const found = new Map<string, WireRecord>();
  for (const record of [...(tasks.data?.items ?? []), ...(visits.data?.items ?? [])]) {
    const id = (record.customer as Reference | null)?.id;
    if (id) found.set(id, record);
  }
  return (id) => found.get(id) ?? null;
}

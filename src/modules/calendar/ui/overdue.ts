import { useQuery } from '@tanstack/react-query';
import { get, post, remove } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import type { Filter, FilterTerm, Link as Reference, WireRecord } from '../../../web/api/types.ts';

interface Line {
  person: Reference;
  count: number;
  since: string;
  filter: Filter;
}

interface OverdueContacts {
  items: Line[];
  today: string;
  /** The next day that is worked. */
  nextWorkday: string;
}

/** How many customers of each person within sight have waited too long; nothing where one may not know. */
export function useOverdueContacts() {
  const meta = useMeta();
  return useQuery({
    queryKey: ['overdue-contacts'],
    queryFn: () => get<OverdueContacts>('/calendar/overdue-contacts'),
    enabled: meta.entity('customer') !== undefined,
    retry: false,
  });
}

/** Overdue before a day; of one's own, of everybody within sight, or of one person; of one grade or all. */
export function overdueFilter(today: string, owner: string | null, grade: string | null): Filter {
  const terms: FilterTerm[] = [{ field: 'nextContactDue', op: 'lt', value: today }];
  if (owner) terms.push({ field: 'owner', op: 'in', value: [owner] });
  if (grade) terms.push({ field: 'grade', op: 'in', value: [grade] });
  return { and: terms };
}

interface Plan {
  plural: 'tasks' | 'visits';
  what: string;
  day: string;
}

/** Puts a call or a visit into the calendar of whoever looks after the customer; gives what takes it away again. */
export async function planContact(
  customer: WireRecord,
  { plural, what, day }: Plan,
): Promise<() => Promise<void>> {
  const owner = (customer.owner as Reference | null)?.id;
  const made = await post<{ id: string }>(`/${plural}`, {
    customer: customer.id,
    ...(plural === 'tasks' ? { subject: what, dueDate: day } : { objective: what, date: day }),
    ...(owner ? { owner } : {}),
  });
  refreshEntity(plural);
  return async () => {
    await remove(`/${plural}/${made.id}`);
    refreshEntity(plural);
  };
}

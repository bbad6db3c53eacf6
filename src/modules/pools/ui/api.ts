import { useQuery } from '@tanstack/react-query';
import { get, post } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity, type Target } from '../../../web/api/records.ts';
import { say } from '../../../web/i18n/index.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';

export interface MyPool {
  id: string;
  name: string;
  count: number;
  mayClaim: boolean;
  mayAssign: boolean;
  held: number;
  claimLimit: number | null;
  today: number;
  dailyClaimLimit: number | null;
  viewed: number;
  dailyViewLimit: number | null;
  protectedDays: number | null;
}

export const usePools = () =>
  useQuery({
    queryKey: ['pools', 'mine'],
    queryFn: () => get<{ items: MyPool[] }>('/pools/mine'),
    staleTime: 10_000,
  });

interface Moved {
  done: string[];
  changed: string[];
  refused: { id: string; code: string; message: string }[];
}

export function refreshPools(): void {
  refreshEntity('customers');
  void queryClient.invalidateQueries({ queryKey: ['pools'] });
}

function tellRefused(refused: Moved['refused']): void {
  const [first] = refused;
  if (first) toast(say('pools.refused', { count: refused.length }), { kind: 'bad', detail: first.message });
}

async function takeBack(ids: string[]): Promise<void> {
  try {
    const { done, refused } = await post<Moved>('/customers/undo-move', { ids });
    if (done.length) toast(say('pools.undone', { count: done.length }));
    tellRefused(refused);
  } catch (error) {
    toastError(error);
  } finally {
    refreshPools();
  }
}

/** Claims, assigns or releases; says how many, and why the others not. True when any was done. */
export async function moveCustomers(
  verb: 'claim' | 'assign' | 'release',
  target: Target,
  more: Record<string, unknown> = {},
): Promise<boolean> {
  try {
    const { done, changed, refused } = await post<Moved>(`/customers/${verb}`, { ...target, ...more });
    if (done.length)
      toast(say(`pools.did.${verb}`, { count: done.length }), {
        kind: 'good',
        ...(changed.length ? { action: { label: say('undo'), run: () => void takeBack(changed) } } : {}),
      });
    tellRefused(refused);
    return done.length > 0;
  } catch (error) {
    toastError(error);
    return false;
  } finally {
    refreshPools();
  }
}

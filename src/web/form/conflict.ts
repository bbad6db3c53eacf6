import type { MetaEntity, WireRecord } from '../api/types.ts';

/** A save that came too late: what I started from, what I wanted, what stands now. */
export interface Conflict {
  entity: MetaEntity;
  base: WireRecord;
  mine: Record<string, unknown>;
  current: WireRecord;
}

type Open = (Conflict & { close: (saved: WireRecord | null) => void }) | null;

let open: Open = null;
const listeners = new Set<() => void>();
const set = (next: Open) => {
  open = next;
  for (const listener of listeners) listener();
};

export const conflictStore = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: () => open,
};

/** Shows both versions and waits for the person's choice. */
export function openConflict(conflict: Conflict): Promise<WireRecord | null> {
  return new Promise((resolve) => {
    set({
      ...conflict,
      close: (saved) => {
        set(null);
        resolve(saved);
      },
    });
  });
}

import type { MetaEntity, WireRecord } from '../api/types.ts';

interface Wish {
  entity: MetaEntity;
  values: Record<string, unknown>;
  done: (made: WireRecord | null) => void;
}

let wishes: readonly Wish[] = [];
const listeners = new Set<() => void>();
const set = (next: readonly Wish[]) => {
  wishes = next;
  for (const listener of listeners) listener();
};

/** The stack of open creation forms: a picker inside one may open another. */
export const createStore = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: () => wishes,
};

/** Opens the quick form of a record type and resolves to the new record, or null when given up. */
export function openCreate(
  entity: MetaEntity,
  values: Record<string, unknown> = {},
): Promise<WireRecord | null> {
  return new Promise((resolve) => {
    const wish: Wish = {
      entity,
      values,
      done: (made) => {
        set(wishes.filter((other) => other !== wish));
        resolve(made);
      },
    };
    set([...wishes, wish]);
  });
}

import { useMemo } from 'react';
import { may, useMeta } from '../api/meta.tsx';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { rowActionsOf } from '../slots.ts';

export interface RowCommand {
  label: string;
  short: string;
  key: string;
  run(record: WireRecord): void;
}

/** What the reader may do with single rows of a list. */
export function useRowActions(entity: MetaEntity): RowCommand[] {
  const meta = useMeta();
  return useMemo(
    () =>
      rowActionsOf(entity.name).flatMap(({ label, short, key, needs, run }) => {
        const target = meta.entity(needs.entity);
        return target && may(target, needs.action)
          ? [{ label, short, key, run: (record: WireRecord) => run(record, target) }]
          : [];
      }),
    [entity.name, meta],
  );
}

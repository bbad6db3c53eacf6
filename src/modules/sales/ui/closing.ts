import { refreshEntity, useShortList } from '../../../web/api/records.ts';
import { saveEdit } from '../../../web/api/save.ts';
import type { MetaEntity, Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { toastError } from '../../../web/shell/toasts.tsx';

/** With whom business is, where its own name does not say so already. */
export function partnerOf({ title, customer }: WireRecord): string | null {
  const name = (customer as Reference | null | undefined)?.title;
  return name && !title.includes(name) ? name : null;
}

/** So many opportunities stand on a page of days. */
export const MOST_SHOWN = 200;

/** Open business expected to be decided from one day to another, one's own where asked for. */
export const useClosing = (range: { from: string; to: string } | null, owner: string | null) =>
  useShortList(
    range ? 'opportunities' : undefined,
    {
      filter: {
        and: [
          { field: 'status', op: 'in', value: ['open'] },
          { field: 'closeDate', op: 'between', value: [range?.from ?? '', range?.to ?? ''] },
          ...(owner ? [{ field: 'owner', op: 'eq' as const, value: owner }] : []),
        ],
      },
      sort: 'closeDate',
    },
    MOST_SHOWN,
  );

/** Moves the day business is expected to be decided on, with undo; says whether it was moved. */
export async function moveClose(entity: MetaEntity, record: WireRecord, date: string): Promise<boolean> {
  try {
    const saved = await saveEdit(entity, record, { closeDate: date });
    refreshEntity(entity.plural);
    return saved !== null;
  } catch (error) {
    toastError(error);
    return false;
  }
}

/** A day so many days on. */
export const plusDays = (date: string, days: number): string => {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
};

const DAY_MS = 86_400_000;

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

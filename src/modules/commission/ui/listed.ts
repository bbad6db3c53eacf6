import type { RebateRow } from '../rebate/read/rows.ts';
import type { ReadRow } from '../row/read.ts';
import type { ListedRow } from './RowList.tsx';

type Say = (key: string, params?: Record<string, unknown>) => string;

/** A row of commission as it is listed. */
export const listedCommission =
  (t: Say, currency: string) =>
  (row: ReadRow): ListedRow => ({
    ...{ id: row.id, name: row.name, status: row.status, amount: row.amount, currency },
    to: { plural: 'commission-rows', id: row.id },
    customer: row.customer?.title ?? null,
    tag: t(`commission.status.${row.status}`),
    facts: [row.day, t(`commission.kind.${row.kind}`), row.plan, row.words],
  });

const KIND = { accrued: 'earned', takenBack: 'takenBack', adjustment: 'adjustment' } as const;

/** A movement of rebates as it is listed; what lies out of sight is not named. */
export const listedRebate =
  (t: Say) =>
  (row: RebateRow): ListedRow => ({
    ...{ id: row.id, status: row.status, amount: row.amount, currency: row.currency },
    name: row.name || t('record.outOfSight'),
    to: row.deal && { plural: `${row.deal.entity}s`, id: row.deal.id },
    customer: null,
    tag: row.status === 'paid' ? t('rebates.paid') : t(`commission.status.${row.status}`),
    facts: [row.day, t(`commission.kind.${KIND[row.kind]}`), row.words],
  });

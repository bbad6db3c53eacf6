import type { Tally } from '../../platform/achievements/achievement.ts';
import type { Filter } from '../../platform/entity/meta.shared.ts';

const left = (field: string): Filter => ({ field, op: 'eq', value: 'omitted' });
const unsaid = (field: string): Filter => ({ field, op: 'empty', value: true });

/** Open business by its likelihood in the month it is to close, as the forecast counts it: without what was left out of it. */
export const expected: Tally = {
  entity: 'opportunity',
  performer: 'owner',
  at: 'closeDate',
  value: { fn: 'sum', field: 'amount' },
  filter: {
    and: [
      { field: 'status', op: 'eq', value: 'open' },
      {
        not: {
          or: [
            left('managerCategory'),
            { and: [unsaid('managerCategory'), left('forecastCategory')] },
            {
              and: [unsaid('managerCategory'), unsaid('forecastCategory'), left('stage.forecastCategory')],
            },
          ],
        },
      },
    ],
  },
  product: 'products',
  category: 'products.category',
  province: 'customer.province',
  chance: ['probability', 'stage.probability'],
};

import { sql } from 'kysely';
import type { Filter } from '../../platform/entity/meta.shared.ts';
import type { Keep, OpenWork } from '../../platform/ownership/rules.ts';

const inState = (...states: string[]): Filter => ({ field: 'status', op: 'in', value: states });

/** What others go on with when somebody leaves: it goes where its customer goes. */
export const openWork: readonly OpenWork[] = [
  {
    entity: 'promise',
    label: 'handover.promises',
    open: inState('open', 'renegotiated'),
    follows: 'customer',
  },
  { entity: 'visit', label: 'handover.visits', open: inState('planned', 'checkedIn'), follows: 'customer' },
  { entity: 'meeting', label: 'handover.meetings', open: inState('planned'), follows: 'customer' },
  { entity: 'callBack', label: 'handover.callBacks', open: inState('open'), follows: 'customer' },
];

/** A customer to whom something is promised stays with whoever promised. */
export const promiseKeeps: Keep = {
  entity: 'customer',
  reason: 'handover.promises',
  ids: () => sql`select customer_id as id from promise
    where status in ('open', 'renegotiated') and deleted_at is null and customer_id is not null`,
};

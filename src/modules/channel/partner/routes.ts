import { readRecord } from '../../../platform/entity/records.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { partnerById } from '../side.ts';
import { peopleOf } from './people.ts';

/** What the house asks of one partner. */
export const partnerRoutes = (): Route[] => [
  route({
    method: 'GET',
    path: '/partners/{id}/people',
    summary: 'The partner’s own people, and whether they can sign in',
    tag: 'channel',
    params: idParams,
    handle: async ({ ctx, params }) => {
      const { id } = await readRecord(ctx, 'partner', params.id);
      const partner = await partnerById(ctx, id);
      return { items: partner ? await peopleOf(ctx, partner.unit) : [] };
    },
  }),
];

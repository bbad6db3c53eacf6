import { readRecord } from '../../platform/entity/records.ts';
import { idParams, noQuery, type Route, route } from '../../platform/http/route.ts';
import { sendPaper } from '../../platform/print/record.ts';
import { letterheadOf } from '../legal/public.ts';
import { trialSetting, trialSettings } from './trial/settings.ts';
import { trialSlip } from './trial/slip.ts';

const tag = 'trials';

/** The slip a customer signs, and the company's limit. */
export function trialRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/trials/{id}/pdf',
      summary: 'The slip a customer signs for something he gets for trial',
      tag,
      params: idParams,
      async handle({ ctx, services, params, reply }) {
        const trial = await readRecord(ctx, 'trial', params.id);
        const page = trialSlip(ctx, trial, await letterheadOf(ctx, services, null));
        return sendPaper(ctx, reply, ['trial', trial.id], page);
      },
    }),
    route({
      method: 'GET',
      path: '/trials/settings',
      summary: 'From which worth on a trial needs approval, and when a superior is told',
      tag,
      access: 'administrator',
      query: noQuery,
      handle: ({ ctx }) => trialSetting.read(ctx.db),
    }),
    route({
      method: 'PUT',
      path: '/trials/settings',
      summary: 'Say from which worth on a trial needs approval',
      tag,
      access: 'administrator',
      body: trialSettings,
      handle: ({ ctx, body }) => trialSetting.change(ctx, body),
    }),
  ];
}

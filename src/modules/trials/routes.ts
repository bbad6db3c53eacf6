import { readRecord } from '../../platform/entity/records.ts';
import { idParams, noQuery, type Route, route } from '../../platform/http/route.ts';
import { renderPdf } from '../../platform/print/print.ts';
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
      async handle({ ctx, params, reply }) {
        const page = await trialSlip(ctx, await readRecord(ctx, 'trial', params.id));
        return reply
          .type('application/pdf')
          .header('content-disposition', 'inline; filename="trial.pdf"')
          .send(await renderPdf(page));
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

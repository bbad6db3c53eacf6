import { downloadHeaders } from '../../platform/http/download.ts';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import { offRoutes } from '../care/public.ts';
import { invitedOf, invitesQuery } from './invite/list.ts';
import { surveyOff } from './invite/mail.ts';
import { surveyPages } from './page/routes.ts';
import { resultsFile } from './results/file.ts';
import { resultsOf } from './results/read.ts';
import { answersOf, sheetsQuery } from './results/sheets.ts';

const tag = 'surveys';

/** What is asked of surveys besides their records. */
export function surveyRoutes(): Route[] {
  return [
    ...surveyPages(),
    ...offRoutes(surveyOff),
    route({
      method: 'GET',
      path: '/surveys/{id}/results',
      summary: 'What a survey brought, question by question',
      tag,
      params: idParams,
      handle: ({ ctx, services, params }) => resultsOf(ctx, services, params.id),
    }),
    route({
      method: 'GET',
      path: '/surveys/{id}/results/answers',
      summary: 'Single answers: whose, where they are somebody’s; without a name once there are enough',
      tag,
      params: idParams,
      query: sheetsQuery,
      handle: ({ ctx, params, query }) => answersOf(ctx, params.id, query),
    }),
    route({
      method: 'GET',
      path: '/surveys/{id}/results/file',
      summary: 'The answers of a survey as a table (XLSX)',
      tag,
      params: idParams,
      async handle({ ctx, params, reply }) {
        const { name, content } = await resultsFile(ctx, params.id);
        return downloadHeaders(reply, name, 'xlsx').send(content);
      },
    }),
    route({
      method: 'GET',
      path: '/surveys/{id}/invites',
      summary: 'Who was asked, and who has answered where one may know',
      tag,
      params: idParams,
      query: invitesQuery,
      handle: ({ ctx, params, query }) => invitedOf(ctx, params.id, query),
    }),
  ];
}

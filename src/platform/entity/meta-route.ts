import { z } from 'zod';
import type { CommandSpec } from '../command/command.ts';
import { type Route, route } from '../http/route.ts';
import type { Meta } from './meta.shared.ts';
import { metaEntities, metaVersion } from './meta.ts';

/** `GET /meta`: what the browser needs to draw every list, form and file for this caller. */
export function metaRoutes(commands: readonly CommandSpec[]): Route[] {
  return [
    route({
      method: 'GET',
      path: '/meta',
      outside: true,
      summary: 'Record types, fields and rights of the caller',
      tag: 'meta',
      query: z.strictObject({}),
      handle: async ({ ctx, services }): Promise<Meta> => {
        const { language, timeZone, userId } = ctx.principal;
        const me = await services.db
          .selectFrom('user as u')
          .leftJoin('department as d', 'd.id', 'u.department_id')
          .select(['u.name', 'u.email', 'd.id as departmentId', 'd.name as departmentName'])
          .where('u.id', '=', userId)
          .executeTakeFirstOrThrow();
        const settings = await services.settings();
        return {
          version: metaVersion(ctx),
          language,
          entities: metaEntities(ctx, language, commands),
          me: {
            id: userId as string,
            name: me.name,
            email: me.email,
            administrator: ctx.policies.administrator,
            outside: ctx.policies.outsider !== null,
            department: me.departmentId ? { id: me.departmentId, title: me.departmentName } : null,
            timeZone,
            language,
          },
          company: {
            name: settings.companyName,
            currency: settings.currency,
            yearBegins: settings.yearBegins,
          },
        };
      },
    }),
  ];
}

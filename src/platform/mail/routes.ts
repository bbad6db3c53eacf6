import { sql } from 'kysely';
import { z } from 'zod';
import { uuidv7 } from '../db/uuid.ts';
import { problem } from '../errors/problem.ts';
import { limitOf, noQuery, type Route, route } from '../http/route.ts';
import { translate } from '../i18n/translations.ts';
import { outboundAddress } from './outbound.ts';
import {
  changeMailSettings,
  mailSettingsInput,
  readMailSettings,
  removeMailSettings,
  smtpServer,
} from './settings.ts';
import { deliver } from './smtp.ts';

const tag = 'mail';
const access = 'administrator' as const;

/** The server mail goes through, and what became of the last mails. */
export function mailRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/mail/settings',
      summary: 'How mail is sent; the password is never shown',
      tag,
      access,
      query: noQuery,
      handle: async ({ ctx }) => ({ settings: await readMailSettings(ctx.db) }),
    }),
    route({
      method: 'PUT',
      path: '/mail/settings',
      summary: 'Name the server mail goes through',
      tag,
      access,
      body: mailSettingsInput,
      handle: async ({ ctx, services, body }) => ({
        settings: await changeMailSettings(ctx, services.secret, body),
      }),
    }),
    route({
      method: 'DELETE',
      path: '/mail/settings',
      summary: 'Send no more mail',
      tag,
      access,
      handle: ({ ctx }) => removeMailSettings(ctx),
    }),
    route({
      method: 'POST',
      path: '/mail/test',
      summary: 'Send a test mail at once and tell the server’s answer',
      tag,
      access,
      body: z.strictObject({ to: z.email().max(200) }),
      handle: async ({ ctx, services, body }) => {
        const server = await smtpServer(ctx.db, services.secret);
        if (!server) throw problem('mail_not_set_up', { status: 409 });
        await outboundAddress(server.host, { inside: true });
        const { words } = ctx.registry;
        const say = (key: string) => translate(words, ctx.principal.language, key);
        const envelope = {
          to: body.to,
          messageId: `<${uuidv7()}@${server.from.split('@').at(-1)}>`,
          date: ctx.now,
        };
        const { kind, answer } = await deliver(server, envelope, {
          subject: say('mail.test.subject'),
          text: say('mail.test.text'),
        });
        return { sent: kind === 'sent', answer };
      },
    }),
    route({
      method: 'GET',
      path: '/mail/messages',
      summary: 'The last mails and what became of them',
      tag,
      access,
      query: z.strictObject({ limit: limitOf(100).optional() }),
      handle: async ({ ctx, query }) => {
        const { rows } =
          await sql`select id, created_at as "createdAt", purpose, recipient, state, attempts, answer,
            case when state = 'queued' then next_at end as "nextAt", finished_at as "finishedAt"
          from mail_message order by id desc limit ${query.limit ?? 30}`.execute(ctx.db);
        return { items: rows };
      },
    }),
  ];
}

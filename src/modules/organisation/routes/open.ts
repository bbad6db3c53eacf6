import { z } from 'zod';
import { type Route, route } from '../../../platform/http/route.ts';
import { mailIsSetUp } from '../../../platform/mail/settings.ts';
import { countAttempt, PER_ADDRESS } from '../account/attempts.ts';
import { TWO_FACTOR_COOKIE } from '../account/names.ts';
import { replaceExpiredPassword } from '../account/password.ts';
import { signIn, signOut } from '../account/sign-in.ts';
import { cookieValue } from '../account/token.ts';
import { provideSecondFactor } from '../account/two-factor.ts';
import { askForPassword } from '../invitation/forgot.ts';
import { acceptInvitation, readInvitation } from '../invitation/invitation.ts';
import type { AccountServices } from '../services.ts';
import { isSetUp, readSettings } from '../settings/settings.ts';
import { setupCompany, setupInput } from '../setup/setup.ts';
import { clientOf, sendCookies, sessionUser } from './reply.ts';

const tag = 'account';
const password = z.string().min(1).max(500);
const code = z.string().trim().min(1).max(40);
const token = z.strictObject({ token: z.string().min(20).max(100) });

/** What anyone may call: set-up, signing in and out, accepting an invitation. */
export function openRoutes(services: AccountServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/session',
      summary: 'Whether someone is signed in',
      tag,
      access: 'open',
      handle: async ({ ctx, request }) => {
        const languages = ['zh', 'en'];
        if (ctx.principal.userId) return { state: 'signedIn', languages };
        if (!(await isSetUp(services.db))) return { state: 'setup', languages };
        const { companyName } = await readSettings(services.db);
        const twoFactorPending = cookieValue(request.headers.cookie, TWO_FACTOR_COOKIE) !== null;
        const resetByMail = await mailIsSetUp(services.db);
        return { state: 'signedOut', languages, companyName, twoFactorPending, resetByMail };
      },
    }),
    route({
      method: 'POST',
      path: '/setup',
      apart: true,
      summary: 'Found the company and its first administrator; once',
      tag,
      access: 'open',
      body: setupInput,
      handle: async ({ body, request, reply }) => {
        const client = clientOf(request);
        await countAttempt(services.db, `setup:${client.ip}`, PER_ADDRESS);
        await setupCompany(services, body, { kind: 'person' }, client.ip);
        const { state, cookies } = await signIn(
          services,
          { login: body.email, password: body.password },
          client,
        );
        sendCookies(request, reply, cookies);
        return { state };
      },
    }),
    route({
      method: 'POST',
      path: '/session',
      apart: true,
      summary: 'Sign in by mail, phone or user name; with a new password when the old one has expired',
      tag,
      access: 'open',
      body: z.strictObject({
        login: z.string().trim().min(1).max(200),
        password,
        newPassword: password.optional(),
        code: code.optional(),
        recoveryCode: code.optional(),
      }),
      handle: async ({ body, request, reply }) => {
        const { newPassword: next, ...input } = body;
        if (next !== undefined) {
          sendCookies(
            request,
            reply,
            await replaceExpiredPassword(services, { ...input, next }, clientOf(request)),
          );
          return { state: 'signedIn' };
        }
        const { state, cookies } = await signIn(services, input, clientOf(request));
        sendCookies(request, reply, cookies);
        return { state };
      },
    }),
    route({
      method: 'POST',
      path: '/session/two-factor',
      apart: true,
      summary: 'Answer the question for the second factor',
      tag,
      access: 'open',
      body: z.union([
        z.strictObject({ code, trustDevice: z.boolean().optional() }),
        z.strictObject({ recoveryCode: code, trustDevice: z.boolean().optional() }),
      ]),
      handle: async ({ body, request, reply }) => {
        sendCookies(request, reply, await provideSecondFactor(services, body, clientOf(request)));
        return { state: 'signedIn' };
      },
    }),
    route({
      method: 'POST',
      path: '/session/forgotten',
      apart: true,
      summary: 'Have a link for a new password mailed; the answer is the same for logins that do not exist',
      tag,
      access: 'open',
      body: z.strictObject({ login: z.string().trim().min(1).max(200) }),
      handle: async ({ body, request }) => {
        await askForPassword(services, body.login, clientOf(request));
        return { asked: true };
      },
    }),
    route({
      method: 'DELETE',
      path: '/session',
      summary: 'Sign out',
      tag,
      handle: async ({ ctx, request, reply }) => {
        sendCookies(request, reply, await signOut(services, sessionUser(ctx), clientOf(request)));
      },
    }),
    route({
      method: 'GET',
      path: '/invitations/{token}',
      summary: 'Whom an invitation is for',
      tag,
      access: 'open',
      params: token,
      handle: ({ params, request }) => readInvitation(services, params.token, clientOf(request)),
    }),
    route({
      method: 'POST',
      path: '/invitations/{token}',
      apart: true,
      summary: 'Accept an invitation: choose a password and sign in',
      tag,
      access: 'open',
      params: token,
      body: z.strictObject({ password, name: z.string().trim().min(1).max(100).optional() }),
      handle: async ({ params, body, request, reply }) => {
        const { state, cookies } = await acceptInvitation(services, params.token, body, clientOf(request));
        sendCookies(request, reply, cookies);
        return { state };
      },
    }),
  ];
}

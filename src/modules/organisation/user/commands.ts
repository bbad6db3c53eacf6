import { z } from 'zod';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import { HOURS, inviteUser } from '../invitation/invitation.ts';
import { mailInvitation } from '../invitation/mail.ts';
import type { AccountServices } from '../services.ts';
import { activateUser, deactivateUser, resetTwoFactor } from './access.ts';
import { moveUser } from './move.ts';

const nothing = z.strictObject({});
const department = z.union([z.uuid(), z.object({ id: z.uuid() }).transform(({ id }) => id)]).nullable();

/** What is done with people beyond editing their record. Each also needs the right to change people. */
export function userCommands(services: AccountServices): CommandSpec[] {
  const allowed = (name: string) => (ctx: Context) =>
    ctx.policies.administrator || ctx.policies.for('user').hasCommand(name);
  const common = { entity: 'user', on: 'one', action: 'update' } as const;
  return [
    defineCommand({
      ...common,
      name: 'invite',
      secret: true,
      summary: 'Make a link by which a person chooses a password; it works once within 72 hours',
      input: nothing,
      allowed: allowed('invite'),
      run: async (ctx, { rows }) => {
        const { token, user } = await inviteUser(ctx, rows[0]!.id as string);
        const link = `${services.baseUrl}/invitation/${token}`;
        return { link, mailed: await mailInvitation(ctx, services, user, link, HOURS) };
      },
    }),
    defineCommand({
      ...common,
      name: 'deactivate',
      summary: 'End a person’s access at once; what he owns stays his until handed over',
      input: nothing,
      allowed: allowed('deactivate'),
      run: (ctx, { rows }) => deactivateUser(ctx, rows[0]!.id as string),
    }),
    defineCommand({
      ...common,
      name: 'activate',
      summary: 'Give a deactivated person his access back',
      input: nothing,
      allowed: allowed('activate'),
      run: (ctx, { rows }) => activateUser(ctx, rows[0]!.id as string),
    }),
    defineCommand({
      ...common,
      name: 'reset-two-factor',
      summary: 'Take the second factor away from someone who lost his device',
      input: nothing,
      allowed: allowed('reset-two-factor'),
      run: (ctx, { rows }) => resetTwoFactor(ctx, rows[0]!.id as string),
    }),
    defineCommand({
      ...common,
      name: 'move',
      summary: 'Move a person to another department, with or without the customers he owns',
      input: z.strictObject({ department, customers: z.enum(['keep', 'move']) }),
      allowed: allowed('move'),
      run: (ctx, { rows, input }) => moveUser(ctx, rows[0]!.id as string, input),
    }),
  ];
}

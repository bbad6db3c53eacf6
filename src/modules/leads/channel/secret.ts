import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import type { Services } from '../../../platform/context/services.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { isSameSignature } from '../../../platform/http/signature.ts';

/** The secret of a way in; it follows from the installation's, so that no table holds it. */
export const secretOf = (installation: string, channel: string, number: number): string =>
  createHmac('sha256', installation).update(`lead channel ${channel} ${number}`).digest('base64url');

/** The signature of a body sent at a moment. */
export const signatureOf = (secret: string, time: string, body: string): string =>
  createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');

/** How far clocks may be apart, in seconds; a signature is good for no longer. */
const APART = 300;

/** Whether a body was signed with the secret, now. */
export function isSigned(
  secret: string,
  sent: { time: string; signature: string; body: string },
  now: string,
): boolean {
  const seconds = Number(sent.time);
  const gone = Math.abs(Temporal.Instant.from(now).epochMilliseconds / 1000 - seconds);
  if (!/^\d{9,11}$/.test(sent.time) || gone > APART) return false;
  return isSameSignature(signatureOf(secret, sent.time, sent.body), sent.signature.toLowerCase());
}

/** Shows the secret, or makes another: the former one ends at once. */
export const secretCommand = (services: Services): CommandSpec =>
  defineCommand({
    name: 'secret',
    entity: 'leadChannel',
    on: 'one',
    action: 'update',
    secret: true,
    summary: 'The secret of an interface for leads, or a new one',
    input: z.strictObject({ renew: z.boolean().default(false) }),
    async run(ctx, { rows, input }) {
      const row = rows[0] as Row;
      const number = (row.secret_number as number) + Number(input.renew);
      if (input.renew)
        await decide(ctx, 'leadChannel', [row], { secretNumber: number }, { action: 'renewSecret' });
      return { secret: secretOf(services.secret, row.id as string, number) };
    },
  });

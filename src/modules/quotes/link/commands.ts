import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { uuidv7 } from '../../../platform/db/uuid.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { localToInstant } from '../../../platform/time/instant.shared.ts';
import { sendQuote } from '../quote/commands.ts';
import { linkToken } from './token.ts';

/** Ends every link of quotes that still opens. */
export async function revokeLinks(ctx: Context, quotes: readonly string[]): Promise<number> {
  const { numAffectedRows } =
    await sql`update quote_link set revoked_at = ${ctx.now}, revoked_by = ${ctx.principal.userId}
    where quote_id = any(${[...quotes]}::uuid[]) and revoked_at is null and answer is null`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}

const base = { entity: 'quote', on: 'one', action: 'update' } as const;

/** The commands that give a customer a link to look at a quote and answer it, and take it back. */
export function linkCommands({ secret, baseUrl }: Pick<Services, 'secret' | 'baseUrl'>): CommandSpec[] {
  const share = defineCommand({
    ...base,
    name: 'confirm-link',
    summary: 'Make the link by which the customer sees and confirms a quote; links before it end',
    secret: true,
    input: z.strictObject({}),
    async run(ctx, { entity, rows }) {
      let row = rows[0] as Row;
      if (row.status === 'approved') {
        await sendQuote(ctx, row);
        [row] = (await lockRows(ctx, entity, [row.id as string])) as [Row];
      }
      if (row.status !== 'sent') throw problem('quote_not_out', { status: 409 });
      await revokeLinks(ctx, [row.id as string]);
      const id = uuidv7();
      const expiresAt = localToInstant(`${row.valid_until as string}T23:59:59`, ctx.timeZone);
      await sql`insert into quote_link (id, quote_id, created_by, expires_at)
        values (${id}, ${row.id}, ${ctx.principal.userId}, ${expiresAt})`.execute(ctx.db);
      await writeAudit(ctx, { action: 'confirmLink', entity: 'quote', recordId: row.id as string });
      return { url: `${baseUrl}/confirm/${linkToken(secret, id)}`, expiresAt };
    },
  });
  const revoke = defineCommand({
    ...base,
    name: 'revoke-link',
    summary: 'End the link of a quote: it opens no longer',
    input: z.strictObject({}),
    async run(ctx, { rows }) {
      const ids = rows.map(({ id }) => id as string);
      const revoked = await revokeLinks(ctx, ids);
      if (revoked)
        await writeAudit(ctx, { action: 'revokeLink', entity: 'quote', recordId: ids[0] as string });
      return { revoked };
    },
  });
  return [share, revoke];
}

/** The quote a link is of, as it stands in the store, locked. */
export const lockQuote = async (ctx: Context, id: string): Promise<Row | undefined> =>
  (await lockRows(ctx, entityNamed(ctx.registry, 'quote'), [id]))[0];

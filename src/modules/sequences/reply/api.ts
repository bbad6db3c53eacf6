import { sql } from 'kysely';
import { z } from 'zod';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { createDrafts } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { isFirst, signedChannel, whoIs } from '../../leads/public.ts';

const body = z
  .strictObject({
    kind: z.enum(['mail', 'message', 'call']).default('mail'),
    email: z.string().trim().max(254).nullish(),
    phone: z.string().trim().max(60).nullish(),
    subject: z.string().trim().max(200).nullish(),
    text: z.string().trim().max(20_000),
    at: z.iso.datetime({ offset: true }).nullish(),
  })
  .refine(({ email, phone }) => email || phone, { path: ['email'], error: 'required' });

/** Answers of customers, told by whoever reads the mailbox or the messenger: signed as leads are, with a channel's secret. */
export const replyIntake: Route = route({
  method: 'POST',
  path: '/sequences/replies/{key}',
  summary: 'Tell that somebody answered; signed with the secret of an interface for leads',
  tag: 'sequences',
  access: 'open',
  keepsText: true,
  params: z.strictObject({ key: z.string().max(40) }),
  bodyLimit: 128 * 1024,
  body,
  async handle({ services, params, body: sent, request }) {
    const ctx = await systemContext(services, { kind: 'system', reason: 'reply' });
    const { signature } = await signedChannel(ctx, services, params.key, request, 'reply api');
    return inTransaction(asSystem(ctx, 'reply'), async (inner) => {
      if (!(await isFirst(inner, signature))) return { status: 'received' };
      return { status: (await writeReply(inner, sent)) ? 'received' : 'unknown' };
    });
  },
});

/** Writes an answer down as a follow-up of whoever it is from, and tells who looks after him. */
async function writeReply(ctx: Context, said: z.output<typeof body>): Promise<boolean> {
  const known = await whoIs(ctx, {
    name: null,
    phones: said.phone ? [said.phone] : [],
    email: said.email ?? null,
  });
  if (!known) return false;
  const about =
    known.kind === 'lead'
      ? { lead: known.id }
      : { customer: known.id, contacts: known.contact ? [known.contact] : [] };
  const { rows } = await sql<{ owner: string | null }>`select owner_id as owner
    from ${sql.table(known.kind)} where id = ${known.id}`.execute(ctx.db);
  const owner = rows[0]?.owner ?? null;
  const [draft] = await createDrafts(ctx, entityNamed(ctx.registry, 'activity'), [
    {
      ...about,
      owner,
      kind: said.kind,
      subject: said.subject || null,
      content: said.text,
      occurredAt: said.at ?? ctx.now,
      fromCustomer: true,
    },
  ]);
  if (draft?.problems.length) throw invalid(draft.problems);
  if (owner)
    await notify(ctx, [
      {
        to: [owner],
        kind: 'sequence.reply',
        record: { entity: known.kind, id: known.id },
        key: `sequence.reply:${draft?.id}`,
      },
    ]);
  return true;
}

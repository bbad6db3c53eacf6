import { z } from 'zod';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { Draft } from '../../../platform/entity/behaviour.ts';
import { checkFieldRights } from '../../../platform/entity/check.ts';
import { createRecord, readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { bodySchemas, parseBody } from '../../../platform/entity/schema.ts';
import type { Entity } from '../../../platform/entity/types.ts';
import { forbidden, invalid, problem } from '../../../platform/errors/problem.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { ownPartner, type PartnerRow, partnerById, requireActive } from '../side.ts';
import { oneByOne, sameDeals } from './conflicts.ts';

type Values = Record<string, unknown> & { name: string };

/** Registers a customer: a partner's person for his partner, the house for the one it names. */
export const registerRoute = (): Route =>
  route({
    method: 'POST',
    path: '/deal-registrations',
    outside: true,
    summary: 'Register a customer a partner is working on; the channel manager decides',
    tag: 'channel',
    status: 201,
    body: z.record(z.string().max(100), z.json()),
    handle: async ({ ctx, body, reply }) => {
      if (!ctx.policies.for('dealRegistration').can('create')) throw forbidden();
      const id = await inTransaction(ctx, (inner) => register(inner, body));
      const record = await readRecord(ctx, 'dealRegistration', id);
      reply
        .header('etag', `"${record.version}"`)
        .header('location', `/api/v1/deal-registrations/${record.id}`);
      return record;
    },
  });

async function register(ctx: Context, body: Record<string, unknown>): Promise<string> {
  const entity = entityNamed(ctx.registry, 'dealRegistration');
  const own = ctx.policies.outsider ? await ownPartner(ctx) : null;
  const { owner: _, department: __, partner: ___, ...asked } = body;
  const given = own ? { ...asked, partner: own.id } : body;
  const values = parseBody(bodySchemas(entity).create, given) as Values;
  if (own) requireWritable(ctx, entity, asked);
  const partner = own ?? (await named(ctx, values.partner));
  requireActive(partner);
  await requireFree(ctx, partner, values);
  const side = own
    ? { owner: partner.owner, department: partner.unit }
    : { department: values.department ?? partner.unit };
  const writer = own ? asSystem(ctx, 'partner') : ctx;
  const { id } = await createRecord(writer, 'dealRegistration', { ...given, ...side });
  await notify(ctx, [
    {
      to: partner.owner ? [partner.owner] : [],
      kind: 'deal.submitted',
      record: { entity: 'dealRegistration', id },
      params: { partner: partner.name },
      key: `deal.submitted:${id}`,
    },
  ]);
  return id;
}

/** What is written for somebody from outside holds nothing he may not write himself. */
function requireWritable(ctx: Context, entity: Entity, values: Record<string, unknown>): void {
  const draft: Draft = { id: '', before: null, values, problems: [], warnings: [] };
  checkFieldRights(ctx, entity, [draft]);
  if (draft.problems.length) throw invalid(draft.problems);
}

/** The partner the house registers for: one it sees. */
async function named(ctx: Context, id: unknown): Promise<PartnerRow> {
  if (typeof id !== 'string') throw invalid([{ path: 'partner', code: 'required' }]);
  const seen = await readRecord(ctx, 'partner', id).catch(() => null);
  const partner = seen && (await partnerById(ctx, id));
  if (!partner) throw invalid([{ path: 'partner', code: 'unknown_reference' }]);
  return partner;
}

async function requireFree(ctx: Context, partner: PartnerRow, values: Values): Promise<void> {
  await oneByOne(ctx);
  const same = await sameDeals(ctx, {
    name: values.name,
    phone: values.phone as string | null,
    taxNumber: values.taxNumber as string | null,
  });
  if (same.some((deal) => deal.partner === partner.id)) throw problem('deal_registered', { status: 409 });
  // That somebody was first is all another partner learns.
  if (same.some(({ status }) => status === 'approved')) throw problem('deal_taken', { status: 409 });
}

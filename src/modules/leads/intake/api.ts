import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { isFirst, signedChannel } from '../channel/signed.ts';
import { receive } from './receive.ts';

const text = (max: number) => z.string().trim().max(max).nullish();

const body = z
  .strictObject({
    name: text(100),
    company: text(200),
    jobTitle: text(100),
    phone: text(60),
    email: text(254),
    wechat: text(100),
    province: text(60),
    city: text(60),
    remark: text(2000),
    campaign: text(200),
    page: text(500),
    /** Products by code or name. */
    products: z.array(z.string().max(200)).max(20).default([]),
    /** The words that were agreed to. */
    consent: text(2000),
  })
  .refine(({ name, company, phone, email, wechat }) => name || company || phone || email || wechat, {
    path: ['name'],
    error: 'required',
  });

/** Leads of other programs: each request bears its time and a signature over both (HMAC-SHA256). */
export const apiIntake: Route = route({
  method: 'POST',
  path: '/lead-intake/{key}',
  summary: 'Take a lead in; signed with the secret of the channel in X-Guanxi-Time and X-Guanxi-Signature',
  tag: 'leads',
  access: 'open',
  keepsText: true,
  params: z.strictObject({ key: z.string().max(40) }),
  bodyLimit: 64 * 1024,
  body,
  async handle({ services, params, body: sent, request }) {
    const ctx = await systemContext(services, { kind: 'system', reason: 'lead intake' });
    const { channel, signature } = await signedChannel(ctx, services, params.key, request, 'lead api');
    await inTransaction(ctx, async (inner) => {
      if (!(await isFirst(inner, signature))) return;
      const values = Object.fromEntries(
        Object.entries(sent).map(([name, value]) => [
          name,
          value === undefined || value === '' ? null : value,
        ]),
      ) as typeof sent;
      await receive(inner, channel, {
        name: values.name ?? null,
        company: values.company ?? null,
        jobTitle: values.jobTitle ?? null,
        phone: values.phone ?? null,
        email: values.email ?? null,
        wechat: values.wechat ?? null,
        province: values.province ?? null,
        city: values.city ?? null,
        remark: values.remark ?? null,
        campaign: values.campaign ?? null,
        page: values.page ?? null,
        products: await productsNamed(inner, sent.products),
        consent: values.consent ?? null,
      });
    });
    return { status: 'received' };
  },
});

/** Products by code or name; what is not known is left out rather than losing the lead. */
async function productsNamed(ctx: Context, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const { rows } = await sql<{ id: string }>`select id from product
    where (name = any(${[...names]}::text[]) or code = any(${[...names]}::text[])) and deleted_at is null
    limit 20`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

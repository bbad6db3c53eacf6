import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden, invalid } from '../../../platform/errors/problem.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import type { PrintPage } from '../../../platform/print/page.ts';
import { pictureSize, printablePicture } from '../../../platform/print/picture.ts';
import { sendPaper } from '../../../platform/print/record.ts';
import { storeSetting } from '../../../platform/settings/setting.ts';
import { letterheadOf, readSeal, SEAL, sealOf } from '../../legal/public.ts';
import { seenQuote } from '../link/seen.ts';
import { quotePage } from './page.ts';

const tag = 'quotes';
const sealBody = z.strictObject({ image: printablePicture.nullable() });
const wish = z.strictObject({
  language: z.enum(['zh', 'en']).optional(),
  prices: z.enum(['true', 'false']).default('true'),
  parts: z.enum(['true', 'false']).default('true'),
});

/** A quote on paper, and the seal that stands on it once it was let through. */
export function printRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/quotes/{id}/pdf',
      summary: 'A quote as A4 pages, in Chinese or English, with or without prices',
      tag,
      params: idParams,
      query: wish,
      handle: async ({ ctx, services, params: { id }, query, reply }) => {
        const page = await pageOf(ctx, services, id, query);
        return sendPaper(ctx, reply, ['quote', id], page);
      },
    }),
    route({
      method: 'GET',
      path: '/quote-seal',
      summary: 'The image of the seal of the house, for legal entities without one of their own',
      tag,
      access: 'administrator',
      handle: async ({ ctx }) => ({ image: (await readSeal(ctx.db)) ?? null }),
    }),
    route({
      method: 'PUT',
      path: '/quote-seal',
      summary: 'Set or remove the image of the seal of the house',
      tag,
      access: 'administrator',
      body: sealBody,
      status: 200,
      handle: ({ ctx, body: { image } }) =>
        inTransaction(ctx, async (inner) => {
          if (image && !pictureSize(image)) throw invalid([{ path: 'image', code: 'bad_format' }]);
          await storeSetting(inner.db, SEAL, image, inner.principal.userId);
          // The picture itself is no news for the audit; that it changed is.
          await writeAudit(inner, {
            action: 'settings_changed',
            entity: 'setting',
            recordId: null,
            changes: { [SEAL]: { before: null, after: image !== null } },
          });
          return { image };
        }),
    }),
  ];
}

async function pageOf(
  ctx: Context,
  services: Services,
  id: string,
  { language = ctx.principal.language, prices, parts }: z.infer<typeof wish>,
): Promise<PrintPage> {
  const { legalEntity } = await readRecord(ctx, 'quote', id);
  const [quote, line] = [ctx.policies.for('quote'), ctx.policies.for('quoteLine')];
  const seesPrices = quote.sees('total') && ['price', 'gross', 'discount'].every((name) => line.sees(name));
  if (prices === 'true' && !seesPrices) throw forbidden();
  const seen = await seenQuote(ctx, services, id, language);
  const of = (legalEntity as { id: string } | null | undefined)?.id ?? null;
  const letterhead = await letterheadOf(ctx, services, of, language);
  const seal = await sealOf(ctx, of);
  return quotePage(ctx, seen, {
    language,
    prices: prices === 'true',
    parts: parts === 'true',
    letterhead,
    seal,
  });
}

import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { downloadHeaders } from '../../../platform/http/download.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { readTableFile, receiveTable } from '../../../platform/imports/small-table.ts';
import { resultsOf } from '../results/results.ts';
import { periodOf } from '../results/routes.ts';
import { ownPartner, type PartnerRow } from '../side.ts';
import { goodsOf } from './goods.ts';
import { ordersOf, placeOrder } from './orders.ts';
import { declareStock, stockOf } from './stock.ts';
import { readStock, stockTable } from './table.ts';

const tag = 'channel';
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const quantity = z.string().regex(/^\d{1,12}(\.\d{1,6})?$/);
const some = quantity.refine((text) => /[1-9]/.test(text));
const product = z.uuid();

/** What a partner's people see of their own side. */
export const mineRoutes = (): Route[] => [
  route({
    method: 'GET',
    path: '/channel/mine',
    outside: true,
    summary:
      'The partner one works for: its terms, who looks after it, what waits, and what it came to this year',
    tag,
    handle: async ({ ctx }) => home(ctx, await ownPartner(ctx)),
  }),
  route({
    method: 'GET',
    path: '/channel/mine/goods',
    outside: true,
    summary: 'What one’s partner may sell, at its own prices',
    tag,
    query: z.strictObject({ q: z.string().max(100).optional() }),
    handle: async ({ ctx, query }) => goodsOf(ctx, await ownPartner(ctx), query.q),
  }),
  route({
    method: 'GET',
    path: '/channel/mine/orders',
    outside: true,
    summary: 'What one’s partner ordered from us, and what of it has left',
    tag,
    handle: async ({ ctx }) => ordersOf(ctx, await ownPartner(ctx)),
  }),
  route({
    method: 'POST',
    path: '/channel/mine/orders',
    outside: true,
    summary: 'Order for one’s partner, at its own prices; the channel manager confirms',
    tag,
    status: 201,
    body: z.strictObject({
      lines: z
        .array(z.strictObject({ product, quantity: some }))
        .min(1)
        .max(200),
      deliverBy: z.iso.date().nullish(),
      theirNumber: z.string().trim().max(60).nullish(),
    }),
    handle: async ({ ctx, body }) => placeOrder(ctx, await ownPartner(ctx), body),
  }),
  route({
    method: 'GET',
    path: '/channel/mine/stock/{month}',
    outside: true,
    summary: 'The stock one’s partner declared for a month, beginning with how the month before ended',
    tag,
    params: z.strictObject({ month }),
    handle: async ({ ctx, params }) => stockOf(ctx, await ownPartner(ctx), params.month),
  }),
  route({
    method: 'PUT',
    path: '/channel/mine/stock/{month}',
    outside: true,
    summary: 'Declare a month’s stock, all of it or nothing',
    tag,
    params: z.strictObject({ month }),
    body: z.strictObject({
      lines: z
        .array(
          z.strictObject({
            product,
            opening: quantity,
            inflow: quantity,
            outflow: quantity,
            closing: quantity.nullish(),
          }),
        )
        .min(1)
        .max(500)
        .refine((lines) => new Set(lines.map(({ product }) => product)).size === lines.length),
    }),
    handle: async ({ ctx, params, body }) =>
      declareStock(ctx, await ownPartner(ctx), params.month, body.lines),
  }),
  route({
    method: 'GET',
    path: '/channel/mine/stock/{month}/file',
    outside: true,
    summary: 'A month’s stock as a table (XLSX) to fill in and send back',
    tag,
    params: z.strictObject({ month }),
    async handle({ ctx, params, reply }) {
      const content = await stockTable(ctx, await ownPartner(ctx), params.month);
      return downloadHeaders(reply, `${params.month}.xlsx`, 'xlsx').send(content);
    },
  }),
  route({
    method: 'POST',
    path: '/channel/mine/stock/{month}/table',
    outside: true,
    summary: 'Read a month’s stock from a table (XLSX or CSV), row by row; nothing is stored',
    tag,
    status: 200,
    params: z.strictObject({ month }),
    receive: async (call) => {
      await ownPartner(call.ctx);
      return receiveTable(call);
    },
    handle: ({ ctx, params, body }) =>
      readTableFile(body, async (path) => readStock(ctx, await ownPartner(ctx), params.month, path)),
  }),
];

interface Contact {
  name: string;
  phone: string | null;
  email: string | null;
}

async function home(ctx: Context, partner: PartnerRow) {
  const lastMonth = Temporal.PlainDate.from(dayOf(ctx)).toPlainYearMonth().subtract({ months: 1 }).toString();
  const within = periodOf(ctx, {});
  const [manager, stock, results] = await Promise.all([
    sql<Contact>`select name, phone, email from "user" where id = ${partner.owner} and deleted_at is null`.execute(
      ctx.db,
    ),
    sql<{ declared: boolean }>`select exists (select from stock_declaration where partner_id = ${partner.id}
      and month = ${lastMonth} and deleted_at is null) as declared`.execute(ctx.db),
    resultsOf(ctx, within, sql`select ${partner.id}::uuid`),
  ]);
  const { name, kind, level, status, territory, contractFrom, contractTo, protectedDays } = partner;
  const [own] = results;
  return {
    name,
    kind,
    level,
    status,
    territory,
    contractFrom,
    contractTo,
    protectedDays,
    manager: manager.rows[0] ?? null,
    stock: { month: lastMonth, declared: stock.rows[0]?.declared ?? false },
    currency: ctx.currency,
    from: within.from,
    results: own ?? null,
  };
}

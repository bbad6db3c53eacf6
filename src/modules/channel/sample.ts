import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { chance } from '../../platform/sample/random.ts';
import { type SampleCompany, sampleRecords } from '../../platform/sample/sample.ts';

/** Customers that buy to sell on: their orders are among the sample's. */
const PARTNERS = [
  { at: 54, kind: 'dealer', level: 'first', territory: ['江苏', '浙江'] },
  { at: 63, kind: 'dealer', level: 'first', territory: ['广东'] },
  { at: 72, kind: 'agent', level: 'second', territory: ['山东', '河北'] },
] as const;

/** Three partners with their terms, and what they had in stock in the last months. */
export async function fillChannel(ctx: Context, { customers }: SampleCompany): Promise<void> {
  const today = Temporal.PlainDate.from(dayOf(ctx));
  const chosen = PARTNERS.flatMap(({ at, ...terms }) => {
    const customer = customers[at];
    return customer ? [{ customer, terms }] : [];
  });
  const partners = await sampleRecords(
    ctx,
    'partner',
    chosen.map(({ customer, terms }) => ({
      ...terms,
      name: customer.name,
      customer: customer.id,
      owner: customer.owner,
      contractFrom: today.with({ month: 1, day: 1 }).toString(),
      contractTo: today.with({ month: 12, day: 31 }).toString(),
      creditLimit: { amount: '200000', currency: ctx.currency },
    })),
  );
  const { rows: products } = await sql<{ id: string }>`select id from product
    where deleted_at is null and active is not false order by code nulls last, id limit 3`.execute(ctx.db);
  const random = chance(20_261_127);
  const months = [3, 2, 1].map((back) => today.toPlainYearMonth().subtract({ months: back }).toString());
  await sampleRecords(
    ctx,
    'stockDeclaration',
    partners.flatMap(({ id }, at) =>
      products.flatMap((product) => {
        let opening = 20 + random.below(30);
        return months.map((month) => {
          const inflow = 10 + random.below(40);
          const outflow = random.below(opening + inflow);
          const line = { partner: id, month, product: product.id, opening, inflow, outflow };
          opening += inflow - outflow;
          return {
            ...line,
            owner: chosen[at]?.customer.owner,
            opening: String(line.opening),
            inflow: String(inflow),
            outflow: String(outflow),
          };
        });
      }),
    ),
  );
}

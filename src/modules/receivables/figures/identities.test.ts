import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { deal, orderOf, untrue, yuan } from '../testing/deal.ts';

let house: TestApp;
let boss: Person;
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
});
afterAll(() => house.stop());

const step = fc.record({
  kind: fc.constantFrom('receive', 'allocate', 'refund', 'unallocate', 'reverse'),
  which: fc.nat(5),
  order: fc.nat(1),
  cents: fc.integer({ min: 1, max: 90_000 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

test('whatever is done, one after the other or side by side: free, allocated and given back are what came in, and no order gets more', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 10 }),
      fc.boolean(),
      async (steps, sideBySide) => {
        const { customer, order } = await deal(house, '500');
        const orders = [order, await orderOf(house, boss, customer.id, '300')];
        const receipts: string[] = [];
        const allocations: { receipt: string; posting: string }[] = [];
        const act = async ({ kind, which, order: at, cents }: Step) => {
          const amount = (cents / 100).toFixed(2);
          const id = receipts[which % Math.max(1, receipts.length)];
          const target = orders[at]?.id;
          if (kind === 'receive' || !id) {
            const made = await boss.create('receipts', {
              customer: customer.id,
              amount: yuan(amount),
              order: target,
            });
            await boss.post(`/receipts/${made.id}/confirm`);
            receipts.push(made.id);
          } else if (kind === 'allocate') {
            const { body } = await boss.post(`/receipts/${id}/allocate`, {
              allocations: [{ order: target, amount }],
            });
            for (const posting of body.postings ?? []) allocations.push({ receipt: id, posting });
          } else if (kind === 'unallocate') {
            const taken = allocations[which % Math.max(1, allocations.length)];
            if (taken)
              await boss.post(`/receipts/${taken.receipt}/unallocate`, {
                postings: [taken.posting],
                reason: '试',
              });
          } else
            await boss.post(
              `/receipts/${id}/${kind}`,
              kind === 'refund' ? { amount, reason: '试' } : { reason: '试' },
            );
        };
        if (sideBySide) await Promise.all(steps.map(act));
        else for (const each of steps) await act(each);
        const cents = (amount: unknown) =>
          Math.round(Number((amount as { amount?: string })?.amount ?? amount ?? 0) * 100);
        let allocated = 0;
        for (const id of receipts) {
          const receipt = (await boss.get(`/receipts/${id}`)).body;
          const left = cents(receipt.free);
          expect(left).toBeGreaterThanOrEqual(0);
          if (receipt.status === 'confirmed')
            allocated += cents(receipt.amount) - left - cents(receipt.refunded);
          else expect(left).toBe(0);
        }
        const { total, received, open } = (await boss.get(`/receivables/customer/${customer.id}`)).body;
        expect([cents(received), cents(open)]).toEqual([allocated, cents(total) - allocated]);
        for (const { id } of orders) {
          const card = (await boss.get(`/receivables/order/${id}`)).body;
          expect(cents(card.received)).toBeLessThanOrEqual(cents(card.total));
        }
      },
    ),
    { numRuns: 8 },
  );
  expect(await untrue(house)).toEqual([]);
}, 60_000);

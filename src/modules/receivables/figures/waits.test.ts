import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

/** 到货 is the arrival of all goods; until then the card says how far they are. */
let house: TestApp;
let boss: Person;
let customer: { id: string };

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  customer = await boss.create('customers', { name: '杭州云帆科技有限公司' });
});
afterAll(() => house.stop());

interface Saved {
  id: string;
  lines: { id: string }[];
}
const pumps = { name: '水泵', quantity: '5', price: '20', unit: 'device' };
const valves = { name: '阀门', quantity: '2', price: '10', unit: 'piece' };
const arrival = { name: '到货款', percent: '100', event: 'arrival', days: 0 };

const done = async (plural: string, id: string, verb: string, input: object = {}): Promise<Saved> => {
  const { status, body } = await boss.post(`/${plural}/${id}/${verb}`, input);
  expect([status, body]).toEqual([200, expect.anything()]);
  return (await boss.get(`/${plural}/${id}`)).body;
};
const order = async (lines: object[], more: object = { instalments: [arrival] }) =>
  done('orders', (await boss.create('orders', { customer: customer.id, lines, ...more })).id, 'confirm');
const arrive = async (made: Saved, quantity: string, on: string, at = 0) => {
  const lines = [{ orderLine: made.lines[at]?.id, quantity }];
  const { id } = await boss.create('deliveries', { order: made.id, lines });
  await done('deliveries', id, 'ship', { on: '2026-11-23' });
  await done('deliveries', id, 'receive', { on });
};
const instalmentsOf = async (kind: string, id: string, who = boss) =>
  (await who.get(`/receivables/${kind}/${id}`)).body.instalments;

test('an instalment on arrival is due when all goods have arrived, and tells how many have', async () => {
  const made = await order([pumps]);
  const waiting = (arrived: string) => [
    { due: null, waits: { event: 'arrival', arrival: { arrived, ordered: '5', unit: 'device' } } },
  ];
  expect(await instalmentsOf('order', made.id)).toMatchObject(waiting('0'));
  await arrive(made, '3', '2026-11-24');
  expect(await instalmentsOf('order', made.id)).toMatchObject(waiting('3'));
  await arrive(made, '2', '2026-11-25');
  expect(await instalmentsOf('order', made.id)).toMatchObject([{ due: '2026-11-25', waits: null }]);
});

test('the list of what is owed says it too, of many documents at once', async () => {
  const firm = await boss.create('customers', { name: '嘉兴恒远' });
  const own = { customer: firm.id, instalments: [arrival] };
  const [begun, none, mixed] = [
    await order([pumps], own),
    await order([pumps], own),
    await order([pumps, valves], own),
  ];
  await arrive(begun, '3', '2026-11-24');
  await arrive(mixed, '2', '2026-11-24', 1);
  const itemsOf = async (who = boss) => {
    const { lines } = (await who.get(`/receivables?group=item&customer=${firm.id}`)).body;
    return new Map(lines.map(({ item }: { item: { id: string; waits: unknown } }) => [item.id, item.waits]));
  };
  const waits = (arrived: string, ordered: string, unit: string | null) => ({
    event: 'arrival',
    arrival: { arrived, ordered, unit },
  });
  expect(await itemsOf()).toEqual(
    new Map([
      [begun.id, waits('3', '5', 'device')],
      [none.id, waits('0', '5', 'device')],
      [mixed.id, waits('1', '2', null)],
    ]),
  );
  const all = { actions: { read: 'all' } } as const;
  const finance = await house.person({ entities: { customer: all, order: all, receipt: all } });
  expect((await itemsOf(finance)).get(begun.id)).toEqual({ event: 'arrival', arrival: null });
  await arrive(begun, '2', '2026-11-25');
  expect((await itemsOf()).get(begun.id)).toBeNull();
});

test('goods in different units are counted by lines', async () => {
  const made = await order([pumps, valves]);
  await arrive(made, '4', '2026-11-24');
  await arrive(made, '2', '2026-11-24', 1);
  expect(await instalmentsOf('order', made.id)).toMatchObject([
    { waits: { arrival: { arrived: '1', ordered: '2', unit: null } } },
  ]);
});

test('goods without a unit are counted all the same', async () => {
  const { unit: _, ...plain } = pumps;
  const made = await order([plain, { ...plain, name: '备用泵', quantity: '1' }]);
  await arrive(made, '5', '2026-11-24');
  expect(await instalmentsOf('order', made.id)).toMatchObject([
    { waits: { arrival: { arrived: '5', ordered: '6', unit: '' } } },
  ]);
});

test('an order closed short has had its last arrival; opened again it waits', async () => {
  const made = await order([pumps]);
  await arrive(made, '3', '2026-11-24');
  await done('orders', made.id, 'finishOrder', { reason: '客户不要了' });
  expect(await instalmentsOf('order', made.id)).toMatchObject([{ due: '2026-11-24', waits: null }]);
  await done('orders', made.id, 'openAgain');
  expect(await instalmentsOf('order', made.id)).toMatchObject([{ due: null, waits: { event: 'arrival' } }]);
});

test('an order closed before anything arrived is due on no day', async () => {
  const made = await order([pumps]);
  await done('orders', made.id, 'finishOrder');
  expect((await boss.get(`/orders/${made.id}`)).body.arrivedOn).toBeNull();
});

test('a contract counts the goods of its orders against what was agreed', async () => {
  const contract = await boss.create('contracts', {
    customer: customer.id,
    signedOn: '2026-11-20',
    lines: [pumps],
    instalments: [
      { ...arrival, percent: '60' },
      { ...arrival, percent: '40', event: 'acceptance' },
    ],
  });
  await done('contracts', contract.id, 'submit');
  const made = await order([{ ...pumps, quantity: '2' }], { contract: contract.id });
  await arrive(made, '2', '2026-11-24');
  expect(await instalmentsOf('contract', contract.id)).toMatchObject([
    { due: null, waits: { event: 'arrival', arrival: { arrived: '2', ordered: '5', unit: 'device' } } },
    { due: null, waits: { event: 'acceptance', arrival: null } },
  ]);
});

test('who sees no deliveries is not told how many have arrived', async () => {
  const made = await order([pumps]);
  const all = { actions: { read: 'all' } } as const;
  const person = await house.person({
    entities: { customer: all, order: all, orderLine: all, receipt: all },
  });
  expect(await instalmentsOf('order', made.id, person)).toMatchObject([
    { waits: { event: 'arrival', arrival: null } },
  ]);
});

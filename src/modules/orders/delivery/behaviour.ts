import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { uuidv7 } from '../../../platform/db/uuid.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import { partsChange } from '../../../platform/entity/parts/check.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import { followOrders } from './follow.ts';
import { lockOrders, type OrderedLine, orderedLines } from './lines.ts';
import { shareOf } from './share.ts';

type Amount = InstanceType<typeof Exact>;

/** How deliveries and returns differ: what may still go, or come back, of a line. */
interface Way {
  type: 'delivery' | 'returnOrder';
  /** What of the order it copies where nobody says. */
  copies: Readonly<Record<string, string>>;
  left(line: OrderedLine): Amount;
  done(line: OrderedLine): { quantity: string; gross: string; net: string };
  tooMuch: string;
}

const delivering: Way = {
  type: 'delivery',
  copies: { name: 'name', receiver: 'receiver', receiverPhone: 'receiver_phone', address: 'address' },
  left: (line) => new Exact(line.quantity).minus(line.delivered).minus(line.planned),
  done: ({ delivered, deliveredGross, deliveredNet }) => ({
    quantity: delivered,
    gross: deliveredGross,
    net: deliveredNet,
  }),
  tooMuch: 'delivery_too_much',
};

const returning: Way = {
  type: 'returnOrder',
  copies: { name: 'name' },
  left: (line) => new Exact(line.delivered).minus(line.returned).minus(line.expected),
  done: ({ returned, returnedGross, returnedNet }) => ({
    quantity: returned,
    gross: returnedGross,
    net: returnedNet,
  }),
  tooMuch: 'return_too_much',
};

interface OrderRow {
  id: string;
  customer_id: string;
  [column: string]: unknown;
}

const behaviourOf = (way: Way): Behaviour => ({
  async prepare(ctx, drafts) {
    const { type } = way;
    keepShipped(ctx, type, drafts);
    takeDecided(ctx, drafts, 'draft');
    // What is on its way has its goods and amounts.
    const open = drafts.filter(({ before }) => before === null || before.status === 'draft');
    const orders = [...new Set(open.map(orderOf).filter((id) => typeof id === 'string'))];
    await lockOrders(ctx, orders);
    const { rows } =
      await sql<OrderRow>`select id, customer_id, status, name, receiver, receiver_phone, address from "order"
      where id = any(${orders}::uuid[]) and deleted_at is null`.execute(ctx.db);
    const heads = new Map(rows.map((row) => [row.id, row]));
    const except = open.map(({ id }) => id);
    const lines = Map.groupBy(await orderedLines(ctx, orders, except), ({ order }) => order);
    for (const draft of open) {
      const id = orderOf(draft) as string;
      const head = heads.get(id);
      if (!head) continue;
      if (draft.before === null) followHead(draft, head, way);
      fillLines(draft, lines.get(id) ?? [], way);
      checkLines(draft, lines.get(id) ?? [], way);
    }
  },
  async afterSave(ctx, drafts) {
    const moved = drafts.filter(({ before, values }) => before !== null && 'status' in values);
    await followOrders(ctx, [...new Set(moved.map((draft) => orderOf(draft) as string))]);
  },
  beforeDelete(_ctx, rows) {
    if (rows.some(({ status }) => status !== 'draft' && status !== 'cancelled'))
      throw problem('goods_moved', { status: 409 });
  },
});

const orderOf = (draft: Draft) => draftValue(draft, 'order', 'order_id') as string | null;

/** Goods on their way are what they are. */
function keepShipped(ctx: Context, type: Way['type'], drafts: readonly Draft[]): void {
  if (isDecided(ctx)) return;
  const entity = entityNamed(ctx.registry, type);
  for (const draft of drafts)
    if (draft.before && draft.before.status !== 'draft' && partsChange(entity, draft))
      draft.problems.push({ path: 'lines', code: 'goods_moved' });
}

function followHead(draft: Draft, head: OrderRow, { copies, type }: Way): void {
  const { values, problems } = draft;
  if (values.customer && values.customer !== head.customer_id)
    problems.push({ path: 'customer', code: 'order_other_customer' });
  values.customer = head.customer_id;
  if (head.status === 'cancelled' || (type === 'delivery' && head.status === 'closed'))
    problems.push({ path: 'order', code: 'order_not_in_force' });
  for (const [name, column] of Object.entries(copies)) values[name] ??= head[column] ?? null;
}

/** A new delivery of which nobody says what is in it takes all that is left; a return says what comes back. */
function fillLines(draft: Draft, lines: readonly OrderedLine[], way: Way): void {
  if (draft.before !== null || draft.parts?.lines?.length || way.type !== 'delivery') return;
  const left = lines.filter((line) => way.left(line).gt(0));
  const rows = left.map(
    (line): Draft => ({
      id: uuidv7(),
      before: null,
      values: { orderLine: line.id, quantity: way.left(line).toFixed() },
      problems: [],
      warnings: [],
    }),
  );
  draft.parts = { ...draft.parts, lines: rows };
}

/** Every row is of a line of this order, within what may go; together they come to the delivery. */
function checkLines(draft: Draft, lines: readonly OrderedLine[], way: Way): void {
  const taken = new Map<string, { quantity: Amount; gross: Amount; net: Amount }>();
  let [total, net] = [new Exact(0), new Exact(0)];
  let currency: string | null = null;
  for (const row of draft.parts?.lines ?? []) {
    const line = lines.find(({ id }) => id === draftValue(row, 'orderLine', 'order_line_id'));
    const quantity = draftValue(row, 'quantity') as string | null;
    if (!line || quantity === null) {
      if (!line) row.problems.push({ path: 'orderLine', code: 'unknown_reference' });
      continue;
    }
    const done = way.done(line);
    const before = taken.get(line.id) ?? {
      quantity: new Exact(0),
      gross: new Exact(done.gross),
      net: new Exact(done.net),
    };
    const mine = before.quantity.plus(quantity);
    const left = way.left(line).minus(before.quantity);
    if (left.lt(quantity))
      row.problems.push({
        path: 'quantity',
        code: way.tooMuch,
        params: { left: left.toFixed(), name: line.name },
      });
    const upTo = mine.plus(done.quantity).toFixed();
    const share = (amount: string, given: Amount) =>
      shareOf({ quantity: line.quantity, amount, currency: line.currency }, upTo, given.toFixed());
    const [gross, own] = [share(line.gross, before.gross), share(line.net, before.net)];
    taken.set(line.id, { quantity: mine, gross: before.gross.plus(gross), net: before.net.plus(own) });
    currency = line.currency;
    total = total.plus(gross);
    net = net.plus(own);
    Object.assign(row.values, {
      name: line.name,
      specification: line.specification,
      unit: line.unit,
      gross: { amount: gross, currency },
      net: { amount: own, currency },
    });
  }
  draft.values.total = currency && { amount: roundMoney(total, currency), currency };
  if (way.type === 'returnOrder')
    draft.values.net = currency && { amount: roundMoney(net, currency), currency };
}

/** A delivery takes no more of an order than was ordered. */
export const deliveryBehaviour = behaviourOf(delivering);

/** A return brings back no more than was delivered. */
export const returnBehaviour = behaviourOf(returning);

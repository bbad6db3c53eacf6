/** What has to be said when a step is taken. */
type Asked = 'reason' | 'day' | 'shipment' | 'delivered' | 'returned';

export interface Step {
  /** The command, or what is made of the record. */
  verb: string;
  asks?: Asked;
  /** The record type that is made, opened once it is. */
  makes?: string;
}

const deliver: Step = { verb: 'deliver', asks: 'delivered', makes: 'delivery' };
const returning: Step = { verb: 'return', asks: 'returned', makes: 'returnOrder' };
const order: Step = { verb: 'makeOrder', makes: 'order' };
const contract: Step = { verb: 'makeContract', makes: 'contract' };
const cancel: Step = { verb: 'cancel', asks: 'reason' };

/** What comes next in each state; the first is what is usually next. */
const STEPS: Readonly<Record<string, Readonly<Record<string, readonly Step[]>>>> = {
  quote: { confirmed: [contract, order] },
  contract: {
    draft: [{ verb: 'submit' }],
    amending: [{ verb: 'submit' }, { verb: 'dropAmendment' }],
    effective: [
      order,
      { verb: 'amend', asks: 'reason' },
      { verb: 'complete' },
      { verb: 'terminate', asks: 'reason' },
    ],
    completed: [{ verb: 'openAgain' }],
  },
  order: {
    draft: [{ verb: 'confirm' }, cancel],
    confirmed: [deliver, { verb: 'withdraw' }, cancel],
    partlyDelivered: [deliver, returning, { verb: 'finishOrder' }],
    delivered: [{ verb: 'finishOrder' }, returning],
    closed: [{ verb: 'openAgain' }, returning],
  },
  delivery: {
    draft: [{ verb: 'ship', asks: 'shipment' }, cancel],
    shipped: [{ verb: 'receive', asks: 'day' }, cancel],
  },
  returnOrder: { draft: [{ verb: 'receive', asks: 'day' }, cancel] },
};

export const stepsOf = (entity: string, status: unknown): readonly Step[] =>
  STEPS[entity]?.[String(status)] ?? [];

import type { WireRecord } from '../../../web/api/types.ts';
import type { Question } from '../../../web/file/steps.ts';
import { goodsOf } from './goods.ts';

/** What has to be said when a step is taken. */
type Asked = 'reason' | 'day' | 'shipment' | 'delivered' | 'returned';

export interface OrderStep {
  /** The command, or what is made of the record. */
  verb: string;
  asks?: Asked;
  /** The record type that is made, opened once it is. */
  makes?: string;
}

const deliver: OrderStep = { verb: 'deliver', asks: 'delivered', makes: 'delivery' };
const returning: OrderStep = { verb: 'return', asks: 'returned', makes: 'returnOrder' };
const order: OrderStep = { verb: 'makeOrder', makes: 'order' };
const contract: OrderStep = { verb: 'makeContract', makes: 'contract' };
const cancel: OrderStep = { verb: 'cancel', asks: 'reason' };

/** What comes next in each state; the first is what is usually next. */
const STEPS: Readonly<Record<string, Readonly<Record<string, readonly OrderStep[]>>>> = {
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

export const stepsOf = (entity: string, status: unknown): readonly OrderStep[] =>
  STEPS[entity]?.[String(status)] ?? [];

type Say = (key: string, params?: Record<string, unknown>) => string;

/** What a step asks, in words. */
export function questionsOf({ verb, asks }: OrderStep, record: WireRecord, t: Say): Question[] {
  const day: Question = { name: 'on', label: t('orders.day'), kind: 'date' };
  const text = (name: 'carrier' | 'trackingNumber'): Question => ({
    name,
    label: t(`orders.${name}`),
    kind: 'text',
    value: String(record[name] ?? ''),
  });
  switch (asks) {
    case 'reason':
      return [{ name: 'reason', label: t('orders.reason'), kind: 'longText', required: true, max: 2000 }];
    case 'day':
      return [day];
    case 'shipment':
      return [day, text('carrier'), text('trackingNumber')];
    default:
      return [
        {
          name: 'lines',
          label: '',
          kind: 'quantities',
          lines: goodsOf(verb, record),
          labelOf: ({ name }) => t('orders.quantityOf', { name }),
          none: t('orders.nothingLeft'),
        },
      ];
  }
}

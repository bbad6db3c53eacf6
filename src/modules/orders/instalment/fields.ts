import type { FieldSpec } from '../../../platform/entity/types.ts';

/** What has to happen before an instalment falls due: 签约, 到货, 验收, 质保到期, or simply a day. */
export const PAYMENT_EVENTS = ['signed', 'arrival', 'acceptance', 'warrantyEnd', 'date'] as const;
export type PaymentEvent = (typeof PAYMENT_EVENTS)[number];

/** An instalment: a share of the whole, due so many days after an event. Amount and day follow. */
export const instalmentFields = {
  name: { kind: 'text', max: 100 },
  percent: { kind: 'decimal', required: true, min: 0, maxValue: 100 },
  event: { kind: 'choice', options: PAYMENT_EVENTS, required: true, default: 'signed', filterable: true },
  days: { kind: 'integer', min: 0, maxValue: 3650, default: 0 },
  /** Of the event `date`: which. */
  day: { kind: 'date' },
  amount: { kind: 'money', readOnly: true },
  /** Empty as long as the event has not happened. */
  dueOn: { kind: 'date', readOnly: true, filterable: true },
} as const satisfies Record<string, FieldSpec>;

/** The days of the events, on whatever has instalments; who knows of one enters it. */
export const eventFields = {
  arrivedOn: { kind: 'date', filterable: true, group: 'events' },
  acceptedOn: { kind: 'date', filterable: true, group: 'events' },
  warrantyMonths: { kind: 'integer', min: 0, maxValue: 240, group: 'events' },
  warrantyUntil: { kind: 'date', readOnly: true, filterable: true, group: 'events' },
} as const satisfies Record<string, FieldSpec>;

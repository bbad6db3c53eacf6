import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const Steps = lazy(() => import('./Steps.tsx').then((m) => ({ default: m.Steps })));
const DeliveryNote = lazy(() => import('./Paper.tsx').then((m) => ({ default: m.DeliveryNote })));
const TrackingLink = lazy(() => import('./Paper.tsx').then((m) => ({ default: m.TrackingLink })));

/** Contracts, orders and goods go on by the buttons beside their name. */
export const ui: ModuleUi = {
  slots: [
    ...['quote', 'contract', 'order', 'delivery', 'returnOrder'].map((entity) => ({
      entity,
      place: 'file.head' as const,
      order: 20,
      component: Steps,
    })),
    { entity: 'delivery', place: 'file.head', order: 30, component: DeliveryNote },
    { entity: 'order', place: 'file.head', order: 30, component: TrackingLink },
  ],
};

import { PartitionOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const Steps = lazy(() => import('./Steps.tsx').then((m) => ({ default: m.Steps })));
const DeliveryNote = lazy(() => import('./Paper.tsx').then((m) => ({ default: m.DeliveryNote })));
const TrackingLink = lazy(() => import('./Paper.tsx').then((m) => ({ default: m.TrackingLink })));
const TogetherPage = lazy(() => import('./TogetherPage.tsx').then((m) => ({ default: m.TogetherPage })));

const Versions = lazy(() => import('./Versions.tsx').then((m) => ({ default: m.Versions })));

/** Contracts, orders and goods go on by the buttons beside their name. */
export const ui: ModuleUi = {
  pages: [{ path: 'products-together', component: TogetherPage }],
  menu: [
    {
      to: '/products-together',
      label: 'orders.together',
      icon: PartitionOutlined,
      group: 'goods',
      order: 40,
      needs: { entity: 'product', action: 'read' },
    },
  ],
  slots: [
    ...['quote', 'contract', 'order', 'delivery', 'returnOrder'].map((entity) => ({
      entity,
      place: 'file.head' as const,
      order: 20,
      component: Steps,
    })),
    { entity: 'delivery', place: 'file.head', order: 30, component: DeliveryNote },
    { entity: 'order', place: 'file.head', order: 30, component: TrackingLink },
    {
      entity: 'contract',
      place: 'file.tab',
      order: 20,
      title: 'orders.versions',
      when: (_entity, { status }) => status !== 'draft',
      component: Versions,
    },
  ],
};

import { SwapOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const HandoverPage = lazy(() => import('./HandoverPage.tsx').then((m) => ({ default: m.HandoverPage })));
const PlanPage = lazy(() => import('./PlanPage.tsx').then((m) => ({ default: m.PlanPage })));
const Along = lazy(() => import('./Along.tsx').then((m) => ({ default: m.Along })));
const BriefingPage = lazy(() => import('./BriefingPage.tsx').then((m) => ({ default: m.BriefingPage })));

/** Whose work waits, the guide by which it goes to others, and what receivers read. */
export const ui: ModuleUi = {
  slots: [{ entity: 'customer', place: 'transfer.beneath', order: 10, component: Along }],
  pages: [
    { path: 'handover', component: HandoverPage },
    { path: 'handover/$id', component: PlanPage },
    { path: 'briefing/$id', component: BriefingPage },
  ],
  menu: [
    {
      to: '/handover',
      label: 'handover.title',
      icon: SwapOutlined,
      group: 'business',
      order: 90,
      needs: { entity: 'customer', action: 'read' },
    },
  ],
};

import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const PlanPage = lazy(() => import('./PlanPage.tsx').then((m) => ({ default: m.PlanPage })));
const PlanSteps = lazy(() => import('./PlanSteps.tsx').then((m) => ({ default: m.PlanSteps })));

/** A plan is written in a grid of its own, and compared with what came there. */
export const ui: ModuleUi = {
  pages: [
    {
      path: 'plans/$id',
      component: PlanPage,
      search: (raw) => (raw.view === 'progress' ? { view: 'progress' } : {}),
    },
  ],
  slots: [{ entity: 'salesPlan', place: 'file.head', order: 10, component: PlanSteps }],
};

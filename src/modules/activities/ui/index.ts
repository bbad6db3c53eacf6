import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const FollowUpForm = lazy(() => import('./FollowUpForm.tsx').then((m) => ({ default: m.FollowUpForm })));
const OpenTasks = lazy(() => import('./OpenTasks.tsx').then((m) => ({ default: m.OpenTasks })));

/** Follow-ups are written, and open tasks shown, on the pages of customers and their people. */
export const ui: ModuleUi = {
  slots: ['customer', 'contact'].flatMap((entity) => [
    { entity, place: 'file.timelineTop' as const, order: 10, component: FollowUpForm },
    { entity, place: 'file.right' as const, order: 20, component: OpenTasks },
  ]),
};

import { AimOutlined, TrophyOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';
import { readWish } from './api.ts';

const AttainmentPage = lazy(() =>
  import('./AttainmentPage.tsx').then((m) => ({ default: m.AttainmentPage })),
);
const TargetsPage = lazy(() => import('./TargetsPage.tsx').then((m) => ({ default: m.TargetsPage })));
const AssessmentPage = lazy(() =>
  import('./AssessmentPage.tsx').then((m) => ({ default: m.AssessmentPage })),
);
const SchemePage = lazy(() => import('./SchemePage.tsx').then((m) => ({ default: m.SchemePage })));

/** Targets, how far they are reached, and assessment have pages of their own. */
export const ui: ModuleUi = {
  pages: [
    { path: 'performance', component: AttainmentPage, search: readWish },
    { path: 'targets', component: TargetsPage, search: readWish },
    { path: 'assessments', component: AssessmentPage, search: readWish },
    { path: 'assessments/scheme/$id', component: SchemePage },
  ],
  menu: [
    {
      to: '/performance',
      label: 'perf.title',
      icon: AimOutlined,
      group: 'results',
      order: 10,
      needs: { entity: 'salesTarget', action: 'read' },
    },
    {
      to: '/assessments',
      label: 'perf.assessment',
      icon: TrophyOutlined,
      group: 'results',
      order: 20,
      needs: { entity: 'salesTarget', action: 'read' },
    },
  ],
};

import { ReadOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const ReportsPage = lazy(() => import('./ReportsPage.tsx').then((m) => ({ default: m.ReportsPage })));
const FrozenFigures = lazy(() => import('./FrozenFigures.tsx').then((m) => ({ default: m.FrozenFigures })));

/** Daily and weekly reports have a page of their own; a report’s file shows its figures. */
export const ui: ModuleUi = {
  pages: [{ path: 'reports', component: ReportsPage }],
  menu: [
    {
      to: '/reports',
      label: 'reports.title',
      icon: ReadOutlined,
      group: 'work',
      order: 80,
      needs: { entity: 'workReport', action: 'read' },
    },
  ],
  slots: [{ entity: 'workReport', place: 'file.banner', order: 10, component: FrozenFigures }],
};

import { BarChartOutlined, DashboardOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { Filter } from '../../../web/api/types.ts';
import type { ModuleUi } from '../../../web/slots.ts';

const CataloguePage = lazy(() => import('./CataloguePage.tsx').then((m) => ({ default: m.CataloguePage })));
const ShippedPage = lazy(() => import('./ShippedPage.tsx').then((m) => ({ default: m.ShippedPage })));
const NewReport = lazy(() => import('./BuilderPage.tsx').then((m) => ({ default: m.NewReport })));
const SavedReport = lazy(() => import('./BuilderPage.tsx').then((m) => ({ default: m.SavedReport })));
const DashboardsPage = lazy(() =>
  import('./DashboardsPage.tsx').then((m) => ({ default: m.DashboardsPage })),
);
const DashboardPage = lazy(() => import('./DashboardPage.tsx').then((m) => ({ default: m.DashboardPage })));
const OpenReport = lazy(() => import('./OpenRecord.tsx').then((m) => ({ default: m.OpenReport })));
const OpenDashboard = lazy(() => import('./OpenRecord.tsx').then((m) => ({ default: m.OpenDashboard })));
const AnalyseList = lazy(() => import('./AnalyseList.tsx').then((m) => ({ default: m.AnalyseList })));

/** For pages that tell a report among other things. */
export const ReportAnswer = lazy(() => import('./Answer.tsx').then((m) => ({ default: m.Answer })));
export const ReportFiles = lazy(() => import('./BuilderPage.tsx').then((m) => ({ default: m.FileButtons })));

/** Reports and dashboards have pages of their own; a list's conditions become a report. */
export const ui: ModuleUi = {
  pages: [
    { path: 'analysis', component: CataloguePage },
    {
      path: 'analysis/shipped/$name',
      component: ShippedPage,
      search: ({ by, period }) => ({
        ...(typeof by === 'number' ? { by } : {}),
        ...(period ? { period } : {}),
      }),
    },
    {
      path: 'analysis/new',
      component: NewReport,
      search: ({ entity, filter, query }) => ({
        ...(typeof entity === 'string' ? { entity } : {}),
        ...(filter && typeof filter === 'object' ? { filter: filter as Filter } : {}),
        ...(query && typeof query === 'object' ? { query } : {}),
      }),
    },
    { path: 'analysis/$id', component: SavedReport },
    {
      path: 'dashboards',
      component: DashboardsPage,
      search: ({ all }) => (all === true ? { all } : {}),
    },
    {
      path: 'dashboards/$id',
      component: DashboardPage,
      search: ({ edit }) => (edit === true ? { edit } : {}),
    },
  ],
  menu: [
    {
      to: '/dashboards',
      label: 'analysis.dashboards',
      icon: DashboardOutlined,
      group: 'main',
      order: 30,
      needs: { entity: 'dashboard', action: 'read' },
    },
    {
      to: '/analysis',
      label: 'analysis.title',
      icon: BarChartOutlined,
      group: 'main',
      order: 40,
      needs: { entity: 'savedReport', action: 'read' },
    },
  ],
  slots: [
    { entity: 'savedReport', place: 'file.banner', order: 10, component: OpenReport },
    { entity: 'dashboard', place: 'file.banner', order: 10, component: OpenDashboard },
    { entity: '*', place: 'list.filter', order: 20, component: AnalyseList },
  ],
};

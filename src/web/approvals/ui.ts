import { AuditOutlined, BranchesOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../slots.ts';
import { useWaiting } from './api.ts';

const ApprovalsPage = lazy(() => import('./ApprovalsPage.tsx').then((m) => ({ default: m.ApprovalsPage })));
const SheetPage = lazy(() => import('./SheetPage.tsx').then((m) => ({ default: m.SheetPage })));
const FlowsPage = lazy(() => import('./flow/FlowsPage.tsx').then((m) => ({ default: m.FlowsPage })));

const RecordBanner = lazy(() => import('./RecordBanner.tsx').then((m) => ({ default: m.RecordBanner })));

const BOXES = ['todo', 'mine', 'cc', 'done'];

/** The screens of approvals: the work list, the sheet, and the builder of flows among the settings. */
export const approvals: ModuleUi = {
  slots: [{ entity: '*', place: 'file.banner', order: 20, component: RecordBanner }],
  pages: [
    {
      path: 'approvals',
      component: ApprovalsPage,
      search: ({ box }) => (BOXES.includes(box as string) ? { box } : {}),
    },
    { path: 'approvals/$id', component: SheetPage },
  ],
  menu: [
    {
      to: '/approvals',
      label: 'approvals.title',
      icon: AuditOutlined,
      group: 'work',
      order: 30,
      useBadge: () => useWaiting().data?.todo ?? 0,
    },
  ],
  settings: [
    { page: 'flows', label: 'flows.title', icon: BranchesOutlined, order: 45, component: FlowsPage },
  ],
};

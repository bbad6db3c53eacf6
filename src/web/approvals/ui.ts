import { AuditOutlined, BranchesOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi, SlotProps } from '../slots.ts';
import { beginnable, useSubjects, useWaiting } from './api.ts';

const ApprovalsPage = lazy(() => import('./ApprovalsPage.tsx').then((m) => ({ default: m.ApprovalsPage })));
const SheetPage = lazy(() => import('./SheetPage.tsx').then((m) => ({ default: m.SheetPage })));
const FlowsPage = lazy(() => import('./flow/FlowsPage.tsx').then((m) => ({ default: m.FlowsPage })));

const RecordBanner = lazy(() => import('./RecordBanner.tsx').then((m) => ({ default: m.RecordBanner })));

const SubmitDialog = lazy(() => import('./SubmitDialog.tsx').then((m) => ({ default: m.SubmitDialog })));
const RecordApprovals = lazy(() =>
  import('./RecordApprovals.tsx').then((m) => ({ default: m.RecordApprovals })),
);

/** Whether anybody decides on records of a type, or on what is asked for by hand. */
const useConcerned = () => {
  const { data } = useSubjects();
  return (entity: SlotProps['entity']) => data?.some((subject) => subject.entity === entity.name) ?? false;
};
const useAskable = () => {
  const { data } = useSubjects();
  return (entity: SlotProps['entity']) => beginnable(data, entity.name).length > 0;
};

const BOXES = ['todo', 'mine', 'cc', 'done'];

/** The screens of approvals: the work list, the sheet, and the builder of flows among the settings. */
export const approvals: ModuleUi = {
  slots: [
    { entity: '*', place: 'file.banner', order: 20, component: RecordBanner },
    {
      entity: '*',
      place: 'file.action',
      order: 60,
      title: 'approvals.submit',
      useWhen: useAskable,
      component: SubmitDialog,
    },
    {
      entity: '*',
      place: 'file.action',
      order: 61,
      title: 'approvals.ofRecord',
      useWhen: useConcerned,
      component: RecordApprovals,
    },
  ],
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

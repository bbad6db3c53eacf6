import { BranchesOutlined, LoginOutlined, ProjectOutlined, StarOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';
import { isOpen } from './api.ts';

const LeadActions = lazy(() => import('./LeadActions.tsx').then((m) => ({ default: m.LeadActions })));
const Became = lazy(() => import('./Became.tsx').then((m) => ({ default: m.Became })));
const RoutesPage = lazy(() => import('./RoutesPage.tsx').then((m) => ({ default: m.RoutesPage })));
const BoardPage = lazy(() => import('./BoardPage.tsx').then((m) => ({ default: m.BoardPage })));
const ScoringPage = lazy(() => import('./ScoringPage.tsx').then((m) => ({ default: m.ScoringPage })));
const Score = lazy(() => import('./Score.tsx').then((m) => ({ default: m.Score })));
const ChannelsPage = lazy(() => import('./ChannelsPage.tsx').then((m) => ({ default: m.ChannelsPage })));
const RouteSelection = lazy(() =>
  import('./RouteSelection.tsx').then((m) => ({ default: m.RouteSelection })),
);
const NurtureDialog = lazy(() => import('./dialogs.tsx').then((m) => ({ default: m.NurtureDialog })));
const DisqualifyDialog = lazy(() => import('./dialogs.tsx').then((m) => ({ default: m.DisqualifyDialog })));
const UnconvertDialog = lazy(() => import('./dialogs.tsx').then((m) => ({ default: m.UnconvertDialog })));

/** A lead's file says what it waits for, who it may be, and what became of it. */
export const ui: ModuleUi = {
  pages: [{ path: 'lead-board', component: BoardPage }],
  menu: [
    {
      to: '/lead-board',
      label: 'leads.board',
      icon: ProjectOutlined,
      group: 'sales',
      order: 2,
      needs: { entity: 'lead', action: 'read' },
    },
  ],
  settings: [
    {
      page: 'lead-channels',
      label: 'leads.channels',
      icon: LoginOutlined,
      order: 57,
      component: ChannelsPage,
    },
    { page: 'leads', label: 'leads.routes', icon: BranchesOutlined, order: 58, component: RoutesPage },
    {
      page: 'lead-scoring',
      label: 'leads.scoring',
      icon: StarOutlined,
      order: 59,
      component: ScoringPage,
    },
  ],
  slots: [
    { entity: 'lead', place: 'file.right', order: 5, component: Score },
    { entity: 'lead', place: 'list.selection', order: 10, component: RouteSelection },
    { entity: 'lead', place: 'file.head', order: 10, component: LeadActions },
    { entity: 'lead', place: 'file.right', order: 10, component: Became },
    {
      entity: 'lead',
      place: 'file.action',
      order: 10,
      title: 'leads.nurture',
      when: (_entity, record) =>
        record.can.update && (record.status === 'new' || record.status === 'working'),
      component: NurtureDialog,
    },
    {
      entity: 'lead',
      place: 'file.action',
      order: 11,
      title: 'leads.disqualify',
      when: (_entity, record) => record.can.update && isOpen(record),
      component: DisqualifyDialog,
    },
    {
      entity: 'lead',
      place: 'file.action',
      order: 12,
      title: 'leads.unconvert',
      when: (_entity, record) => record.can.update && record.status === 'converted',
      component: UnconvertDialog,
    },
  ],
};

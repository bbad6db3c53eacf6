import { NodeIndexOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const SequencesPage = lazy(() => import('./SequencesPage.tsx').then((m) => ({ default: m.SequencesPage })));
const Figures = lazy(() => import('./Figures.tsx').then((m) => ({ default: m.Figures })));
const RunsCard = lazy(() => import('./RunsCard.tsx').then((m) => ({ default: m.RunsCard })));
const PlaybookCard = lazy(() => import('./PlaybookCard.tsx').then((m) => ({ default: m.PlaybookCard })));
const TaskStepCard = lazy(() => import('./TaskStepCard.tsx').then((m) => ({ default: m.TaskStepCard })));
const RunHead = lazy(() => import('./RunHead.tsx').then((m) => ({ default: m.RunHead })));
const EnrolSelection = lazy(() =>
  import('./EnrolSelection.tsx').then((m) => ({ default: m.EnrolSelection })),
);

const ABOUT = ['lead', 'opportunity', 'contact', 'customer'];

/** Sequences have a page; who goes through them stands on their files, with what a stage recommends. */
export const ui: ModuleUi = {
  pages: [{ path: 'sequences', component: SequencesPage }],
  menu: [
    {
      to: '/sequences',
      label: 'sequences.title',
      icon: NodeIndexOutlined,
      group: 'sales',
      order: 12,
      needs: { entity: 'sequence', action: 'read' },
    },
  ],
  slots: [
    ...ABOUT.flatMap((entity) => [
      { entity, place: 'file.right' as const, order: 22, component: RunsCard },
      { entity, place: 'list.selection' as const, order: 70, component: EnrolSelection },
    ]),
    { entity: 'opportunity', place: 'file.right', order: 12, component: PlaybookCard },
    { entity: 'task', place: 'file.right', order: 10, component: TaskStepCard },
    { entity: 'sequence', place: 'file.right', order: 10, component: Figures },
    { entity: 'sequenceRun', place: 'file.head', order: 10, component: RunHead },
  ],
};

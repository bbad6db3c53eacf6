import { FunnelPlotOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { Filter } from '../../../web/api/types.ts';
import type { ModuleUi } from '../../../web/slots.ts';

const SegmentsPage = lazy(() => import('./SegmentsPage.tsx').then((m) => ({ default: m.SegmentsPage })));
const NewSegment = lazy(() => import('./EditorPage.tsx').then((m) => ({ default: m.NewSegment })));
const EditSegment = lazy(() => import('./EditorPage.tsx').then((m) => ({ default: m.EditSegment })));
const InSegments = lazy(() => import('./InSegments.tsx').then((m) => ({ default: m.InSegments })));
const OpenSegment = lazy(() => import('./OpenSegment.tsx').then((m) => ({ default: m.OpenSegment })));
const SaveAsSegment = lazy(() => import('./SaveAsSegment.tsx').then((m) => ({ default: m.SaveAsSegment })));

/** Segments have a page of their own; a file says which it is in, and a list's conditions become one. */
export const ui: ModuleUi = {
  pages: [
    { path: 'segments', component: SegmentsPage },
    {
      path: 'segments/new',
      component: NewSegment,
      search: ({ entity, filter }) => ({
        ...(entity === 'contact' ? { entity } : {}),
        ...(filter && typeof filter === 'object' ? { filter: filter as Filter } : {}),
      }),
    },
    { path: 'segments/$id', component: EditSegment },
  ],
  menu: [
    {
      to: '/segments',
      label: 'segments.title',
      icon: FunnelPlotOutlined,
      group: 'business',
      order: 30,
      needs: { entity: 'segment', action: 'read' },
    },
  ],
  slots: [
    ...['customer', 'contact'].flatMap((entity) => [
      { entity, place: 'file.right' as const, order: 40, component: InSegments },
      { entity, place: 'list.filter' as const, order: 10, component: SaveAsSegment },
    ]),
    { entity: 'segment', place: 'file.banner', order: 10, component: OpenSegment },
  ],
};

import { MergeCellsOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../slots.ts';

const DuplicatesPage = lazy(() =>
  import('./DuplicatesPage.tsx').then((m) => ({ default: m.DuplicatesPage })),
);
const Hits = lazy(() => import('./Hits.tsx').then((m) => ({ default: m.Hits })));
const MergePage = lazy(() => import('../merge/MergePage.tsx').then((m) => ({ default: m.MergePage })));
const MergeWith = lazy(() => import('../merge/MergeWith.tsx').then((m) => ({ default: m.MergeWith })));
const MergedFrom = lazy(() => import('../merge/MergedFrom.tsx').then((m) => ({ default: m.MergedFrom })));

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

/** Reviewing doubles and merging, for every record type that can have doubles. */
export const duplicates: ModuleUi = {
  pages: [
    {
      path: 'duplicates',
      component: DuplicatesPage,
      search: (raw) => (text(raw.entity) ? { entity: raw.entity } : {}),
    },
    {
      path: 'merge/$plural',
      component: MergePage,
      search: (raw) => (text(raw.ids) ? { ids: raw.ids } : {}),
    },
  ],
  menu: [
    {
      to: '/duplicates',
      label: 'duplicates.title',
      icon: MergeCellsOutlined,
      group: 'business',
      order: 90,
      needs: { entity: 'customer', action: 'update' },
    },
  ],
  slots: [
    { entity: '*', place: 'form.beneath', order: 10, component: Hits },
    {
      entity: '*',
      place: 'file.action',
      order: 30,
      title: 'merge.action',
      when: (entity, record) => Boolean(entity.mergeable) && record.can.update && record.can.delete,
      component: MergeWith,
    },
    { entity: '*', place: 'file.banner', order: 90, component: MergedFrom },
  ],
};

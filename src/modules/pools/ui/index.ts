import { InboxOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const PoolsPage = lazy(() => import('./PoolsPage.tsx').then((m) => ({ default: m.PoolsPage })));
const SettingsPage = lazy(() => import('./SettingsPage.tsx').then((m) => ({ default: m.SettingsPage })));
const PoolBanner = lazy(() => import('./Banner.tsx').then((m) => ({ default: m.PoolBanner })));
const Moves = lazy(() => import('./Moves.tsx').then((m) => ({ default: m.Moves })));
const ReleaseAction = lazy(() => import('./ReleaseDialog.tsx').then((m) => ({ default: m.ReleaseAction })));
const SelectionActions = lazy(() =>
  import('./SelectionActions.tsx').then((m) => ({ default: m.SelectionActions })),
);

/** Pools have a page of its own, and what a customer's file and the list say and do about it. */
export const ui: ModuleUi = {
  pages: [
    {
      path: 'pools',
      component: PoolsPage,
      search: ({ pool, tonight }) => ({
        ...(typeof pool === 'string' ? { pool } : {}),
        ...(tonight === true ? { tonight } : {}),
      }),
    },
  ],
  menu: [
    {
      to: '/pools',
      label: 'pools.title',
      icon: InboxOutlined,
      group: 'main',
      order: 15,
      needs: { entity: 'customer', action: 'read' },
    },
  ],
  settings: [
    { page: 'pools', label: 'pools.settings', icon: InboxOutlined, order: 55, component: SettingsPage },
  ],
  slots: [
    { entity: 'customer', place: 'file.banner', order: 20, component: PoolBanner },
    { entity: 'customer', place: 'file.right', order: 60, component: Moves },
    {
      entity: 'customer',
      place: 'file.action',
      order: 40,
      title: 'pools.release',
      when: (_entity, record) => !record.pool && (record.can.update || record.can.transfer),
      component: ReleaseAction,
    },
    { entity: 'customer', place: 'list.selection', order: 10, component: SelectionActions },
  ],
};

import { PieChartOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';
import { readWish } from './wish.ts';

const ProfitPage = lazy(() => import('./ProfitPage.tsx').then((m) => ({ default: m.ProfitPage })));
const RulesPage = lazy(() => import('./RulesPage.tsx').then((m) => ({ default: m.RulesPage })));
const ValueCard = lazy(() => import('./ValueCard.tsx').then((m) => ({ default: m.ValueCard })));
const CauseLink = lazy(() => import('./CauseLink.tsx').then((m) => ({ default: m.CauseLink })));

/** Whether customers pay, what one costs and is worth on its file, and the rules by which that is reckoned. */
export const ui: ModuleUi = {
  pages: [{ path: 'profit', component: ProfitPage, search: readWish }],
  menu: [
    {
      to: '/profit',
      label: 'worth.title',
      icon: PieChartOutlined,
      group: 'business',
      order: 42,
      needs: { entity: 'costEntry', action: 'read' },
    },
  ],
  settings: [
    { page: 'costs', label: 'worth.rules', icon: PieChartOutlined, order: 58, component: RulesPage },
  ],
  slots: [
    { entity: 'customer', place: 'file.right', order: 26, component: ValueCard },
    {
      entity: 'costEntry',
      place: 'file.head',
      order: 10,
      when: (_entity, record) => !!record.source,
      component: CauseLink,
    },
  ],
};

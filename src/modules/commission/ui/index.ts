import { PercentageOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const MyCommissionPage = lazy(() =>
  import('./MyCommissionPage.tsx').then((m) => ({ default: m.MyCommissionPage })),
);
const RulesTab = lazy(() => import('./RulesTab.tsx').then((m) => ({ default: m.RulesTab })));
const BatchTab = lazy(() => import('./BatchTab.tsx').then((m) => ({ default: m.BatchTab })));
const Steps = lazy(() => import('./Steps.tsx').then((m) => ({ default: m.Steps })));

/** What one earns has a page; plans and settlements say on their files how they reckon and whom they pay. */
export const ui: ModuleUi = {
  pages: [
    {
      path: 'commission',
      component: MyCommissionPage,
      search: ({ person }) => (typeof person === 'string' ? { person } : {}),
    },
  ],
  menu: [
    {
      to: '/commission',
      label: 'commission.mine',
      icon: PercentageOutlined,
      group: 'sales',
      order: 62,
      needs: { entity: 'commissionRow', action: 'read' },
    },
  ],
  slots: [
    { entity: 'commissionPlan', place: 'file.tab', order: 5, title: 'commission.rules', component: RulesTab },
    { entity: 'commissionPlan', place: 'file.head', order: 10, component: Steps },
    {
      entity: 'commissionBatch',
      place: 'file.tab',
      order: 5,
      title: 'commission.people',
      component: BatchTab,
    },
    { entity: 'commissionBatch', place: 'file.head', order: 10, component: Steps },
  ],
};

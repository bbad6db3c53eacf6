import { GiftOutlined, PercentageOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const MyCommissionPage = lazy(() =>
  import('./MyCommissionPage.tsx').then((m) => ({ default: m.MyCommissionPage })),
);
const RulesTab = lazy(() => import('./RulesTab.tsx').then((m) => ({ default: m.RulesTab })));
const BatchTab = lazy(() => import('./BatchTab.tsx').then((m) => ({ default: m.BatchTab })));
const RebatesPage = lazy(() => import('./RebatesPage.tsx').then((m) => ({ default: m.RebatesPage })));
const RebateTab = lazy(() => import('./RebateTab.tsx').then((m) => ({ default: m.RebateTab })));
const RebateCard = lazy(() => import('./RebateCard.tsx').then((m) => ({ default: m.RebateCard })));
const Steps = lazy(() => import('./Steps.tsx').then((m) => ({ default: m.Steps })));

/** On the page of a partner's people. */
export const OwnRebates = lazy(() => import('./OwnRebates.tsx').then((m) => ({ default: m.OwnRebates })));

/** What one earns and what customers get back have pages; plans, agreements and settlements say on their files how they reckon and whom they pay. */
export const ui: ModuleUi = {
  pages: [
    {
      path: 'commission',
      component: MyCommissionPage,
      search: ({ person }) => (typeof person === 'string' ? { person } : {}),
    },
    { path: 'rebates', component: RebatesPage },
  ],
  menu: [
    {
      to: '/commission',
      label: 'commission.mine',
      icon: PercentageOutlined,
      group: 'results',
      order: 40,
      needs: { entity: 'commissionRow', action: 'read' },
    },
    {
      to: '/rebates',
      label: 'rebates.title',
      icon: GiftOutlined,
      group: 'results',
      order: 60,
      needs: { entity: 'rebateAgreement', action: 'read' },
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
    { entity: 'rebateAgreement', place: 'file.tab', order: 5, title: 'rebates.tab', component: RebateTab },
    { entity: 'rebateAgreement', place: 'file.head', order: 10, component: Steps },
    { entity: 'rebateBatch', place: 'file.tab', order: 5, title: 'rebates.given', component: BatchTab },
    { entity: 'rebateBatch', place: 'file.head', order: 10, component: Steps },
    { entity: 'customer', place: 'file.right', order: 13, component: RebateCard },
  ],
};

import { GiftOutlined, HeartOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const CarePage = lazy(() => import('./CarePage.tsx').then((m) => ({ default: m.CarePage })));
const SpendingPage = lazy(() => import('./SpendingPage.tsx').then((m) => ({ default: m.SpendingPage })));
const RulesPage = lazy(() => import('./RulesPage.tsx').then((m) => ({ default: m.RulesPage })));
const PlansPage = lazy(() => import('./PlansPage.tsx').then((m) => ({ default: m.PlansPage })));
const PlanDialog = lazy(() => import('./PlanDialog.tsx').then((m) => ({ default: m.PlanDialog })));
const Festivals = lazy(() => import('./Festivals.tsx').then((m) => ({ default: m.Festivals })));
const CareCard = lazy(() => import('./CareCard.tsx').then((m) => ({ default: m.CareCard })));
const SpendingCard = lazy(() => import('./SpendingCard.tsx').then((m) => ({ default: m.SpendingCard })));
const SpendingSteps = lazy(() => import('./SpendingSteps.tsx').then((m) => ({ default: m.SpendingSteps })));

/** Whom to care for next, what is spent on whom, and both on the files of customers and their people. */
export const ui: ModuleUi = {
  pages: [
    { path: 'care', component: CarePage },
    { path: 'care/plans', component: PlansPage },
    {
      path: 'hospitality',
      component: SpendingPage,
      search: ({ quarter }) => (/^\d{4}Q[1-4]$/.test(String(quarter)) ? { quarter } : {}),
    },
  ],
  menu: [
    {
      to: '/care',
      label: 'care.title',
      icon: HeartOutlined,
      group: 'work',
      order: 25,
      needs: { entity: 'careItem', action: 'read' },
    },
    {
      to: '/hospitality',
      label: 'spending.title',
      icon: GiftOutlined,
      group: 'business',
      order: 40,
      needs: { entity: 'hospitality', action: 'read' },
    },
  ],
  settings: [
    { page: 'hospitality', label: 'spending.rules', icon: GiftOutlined, order: 57, component: RulesPage },
  ],
  slots: [
    { entity: 'carePlan', place: 'form.create', order: 10, component: PlanDialog },
    { entity: 'customer', place: 'list.selection', order: 60, component: Festivals },
    { entity: 'contact', place: 'list.selection', order: 60, component: Festivals },
    { entity: 'customer', place: 'file.right', order: 20, component: CareCard },
    { entity: 'contact', place: 'file.right', order: 20, component: CareCard },
    { entity: 'customer', place: 'file.right', order: 25, component: SpendingCard },
    { entity: 'hospitality', place: 'file.head', order: 10, component: SpendingSteps },
  ],
};

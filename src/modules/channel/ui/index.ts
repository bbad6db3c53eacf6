import { HomeOutlined, InboxOutlined, ShopOutlined, TeamOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const PartnerPeople = lazy(() => import('./PartnerPeople.tsx').then((m) => ({ default: m.PartnerPeople })));
const PartnerSteps = lazy(() => import('./PartnerSteps.tsx').then((m) => ({ default: m.PartnerSteps })));
const deals = () => import('./DealSteps.tsx');
const DealSteps = lazy(() => deals().then((m) => ({ default: m.DealSteps })));
const DealConflicts = lazy(() => deals().then((m) => ({ default: m.DealConflicts })));
const SidePage = lazy(() => import('./SidePage.tsx').then((m) => ({ default: m.SidePage })));
const OrderPage = lazy(() => import('./OrderPage.tsx').then((m) => ({ default: m.OrderPage })));
const StockPage = lazy(() => import('./StockPage.tsx').then((m) => ({ default: m.StockPage })));
const ResultsPage = lazy(() => import('./ResultsPage.tsx').then((m) => ({ default: m.ResultsPage })));

const theirs = { group: 'main', outside: 'only' } as const;

/** Channel partners: their people, deals, stock and results; and the pages of their own side. */
export const ui: ModuleUi = {
  pages: [
    { path: 'side', component: SidePage },
    { path: 'side/order', component: OrderPage },
    { path: 'side/stock', component: StockPage },
    { path: 'channel-results', component: ResultsPage },
  ],
  menu: [
    { ...theirs, to: '/side', label: 'channel.home', icon: HomeOutlined, order: 1 },
    { ...theirs, to: '/side/order', label: 'channel.order', icon: ShopOutlined, order: 2 },
    { ...theirs, to: '/side/stock', label: 'channel.stock', icon: InboxOutlined, order: 3 },
    {
      to: '/channel-results',
      label: 'channel.ranking',
      icon: TeamOutlined,
      group: 'channel',
      order: 40,
      needs: { entity: 'partner', action: 'read' },
    },
  ],
  slots: [
    { entity: 'partner', place: 'file.right', order: 10, component: PartnerPeople },
    { entity: 'partner', place: 'file.head', order: 10, component: PartnerSteps },
    { entity: 'dealRegistration', place: 'file.head', order: 10, outside: true, component: DealSteps },
    { entity: 'dealRegistration', place: 'file.right', order: 10, component: DealConflicts },
  ],
};

import { PhoneOutlined, ScheduleOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';
import { useTodayCount } from './useTodayCount.ts';

const TodayPage = lazy(() => import('./TodayPage.tsx').then((m) => ({ default: m.TodayPage })));
const VisitPage = lazy(() => import('./VisitPage.tsx').then((m) => ({ default: m.VisitPage })));
const MeetingPage = lazy(() => import('./MeetingPage.tsx').then((m) => ({ default: m.MeetingPage })));
const CallBackPage = lazy(() => import('./CallBackPage.tsx').then((m) => ({ default: m.CallBackPage })));
const PlansPage = lazy(() => import('./PlansPage.tsx').then((m) => ({ default: m.PlansPage })));
const BrokenNote = lazy(() => import('./BrokenPlan.tsx').then((m) => ({ default: m.BrokenNote })));
const PromiseLine = lazy(() => import('./PromiseLine.tsx').then((m) => ({ default: m.PromiseLine })));
const Promises = lazy(() => import('./Promises.tsx').then((m) => ({ default: m.Promises })));
const PlanButtons = lazy(() => import('./Promises.tsx').then((m) => ({ default: m.PlanButtons })));
const PromiseActions = lazy(() =>
  import('./PromiseActions.tsx').then((m) => ({ default: m.PromiseActions })),
);
const OpenWork = lazy(() => import('./OpenWork.tsx').then((m) => ({ default: m.OpenWork })));

/** The day, and where visits, meetings and call-backs are done; promises on the pages of customers and their people. */
export const ui: ModuleUi = {
  pages: [
    { path: 'today', component: TodayPage },
    { path: 'visit/$id', component: VisitPage },
    { path: 'meeting/$id', component: MeetingPage },
    { path: 'call-back/$id', component: CallBackPage },
    { path: 'call-back-plans', component: PlansPage },
  ],
  menu: [
    {
      to: '/today',
      label: 'today.title',
      icon: ScheduleOutlined,
      group: 'main',
      order: 1,
      useBadge: useTodayCount,
    },
    {
      to: '/call-back-plans',
      label: 'plans.title',
      icon: PhoneOutlined,
      group: 'work',
      order: 61,
      needs: { entity: 'callBackPlan', action: 'read' },
    },
  ],
  slots: [
    ...['customer', 'contact'].flatMap((entity) => [
      { entity, place: 'file.timelineTop' as const, order: 11, component: PromiseLine },
      { entity, place: 'file.right' as const, order: 15, component: Promises },
      { entity, place: 'file.head' as const, order: 40, component: PlanButtons },
    ]),
    { entity: 'callBackPlan', place: 'file.banner', order: 10, component: BrokenNote },
    { entity: 'promise', place: 'file.head', order: 10, component: PromiseActions },
    ...['visit', 'meeting', 'callBack'].map((entity) => ({
      entity,
      place: 'file.head' as const,
      order: 10,
      component: OpenWork,
    })),
  ],
};

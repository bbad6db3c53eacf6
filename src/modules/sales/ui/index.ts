import { ProjectOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const BoardPage = lazy(() => import('./BoardPage.tsx').then((m) => ({ default: m.BoardPage })));
const ClosingCalendar = lazy(() =>
  import('./ClosingCalendar.tsx').then((m) => ({ default: m.ClosingCalendar })),
);
const ClosingTimeline = lazy(() =>
  import('./ClosingTimeline.tsx').then((m) => ({ default: m.ClosingTimeline })),
);
const People = lazy(() => import('./People.tsx').then((m) => ({ default: m.People })));
const Versus = lazy(() => import('./Versus.tsx').then((m) => ({ default: m.Versus })));
const Market = lazy(() => import('./Market.tsx').then((m) => ({ default: m.Market })));
const Chance = lazy(() => import('./Chance.tsx').then((m) => ({ default: m.Chance })));
const NextProducts = lazy(() => import('./NextProducts.tsx').then((m) => ({ default: m.NextProducts })));
const Way = lazy(() => import('./Way.tsx').then((m) => ({ default: m.Way })));

/** Sales have a board; an opportunity's file tells its way. */
export const ui: ModuleUi = {
  pages: [
    {
      path: 'board',
      component: BoardPage,
      search: ({ pipeline, mine }) => ({
        ...(typeof pipeline === 'string' ? { pipeline } : {}),
        ...(mine === true ? { mine } : {}),
      }),
    },
    { path: 'board/calendar', component: ClosingCalendar },
    { path: 'board/timeline', component: ClosingTimeline },
  ],
  menu: [
    {
      to: '/board',
      label: 'sales.board',
      icon: ProjectOutlined,
      group: 'sales',
      order: 5,
      needs: { entity: 'opportunity', action: 'read' },
    },
  ],
  slots: [
    { entity: 'opportunity', place: 'file.right', order: 10, component: People },
    { entity: 'competitor', place: 'file.right', order: 10, component: Versus },
    { entity: 'competitor', place: 'file.right', order: 20, component: Market },
    { entity: 'opportunity', place: 'file.right', order: 30, component: Market },
    { entity: 'opportunity', place: 'file.right', order: 15, component: Chance },
    { entity: 'opportunity', place: 'file.right', order: 20, component: Way },
    { entity: 'customer', place: 'file.right', order: 35, component: NextProducts },
  ],
};

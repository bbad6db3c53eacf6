import { FieldTimeOutlined, LineChartOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';
import { wished } from './wish.ts';

const ForecastPage = lazy(() => import('./ForecastPage.tsx').then((m) => ({ default: m.ForecastPage })));
const ReviewPage = lazy(() => import('./ReviewPage.tsx').then((m) => ({ default: m.ReviewPage })));
const DeadlinePage = lazy(() => import('./DeadlinePage.tsx').then((m) => ({ default: m.DeadlinePage })));
const BacktestPage = lazy(() => import('./BacktestPage.tsx').then((m) => ({ default: m.BacktestPage })));

/** The sales forecast, its Monday review, and how well it was told before. */
export const ui: ModuleUi = {
  pages: [
    { path: 'forecast', component: ForecastPage, search: wished },
    { path: 'forecast/review', component: ReviewPage, search: wished },
    { path: 'forecast/backtest', component: BacktestPage },
  ],
  settings: [
    {
      page: 'forecast',
      label: 'forecast.deadline',
      icon: FieldTimeOutlined,
      order: 58,
      component: DeadlinePage,
    },
  ],
  menu: [
    {
      to: '/forecast',
      label: 'forecast.title',
      icon: LineChartOutlined,
      group: 'results',
      order: 5,
      needs: { entity: 'opportunity', action: 'read' },
    },
  ],
};

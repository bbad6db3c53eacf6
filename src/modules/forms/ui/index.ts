import { FileDoneOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const FormsPage = lazy(() => import('./FormsPage.tsx').then((m) => ({ default: m.FormsPage })));
const SheetPage = lazy(() => import('./SheetPage.tsx').then((m) => ({ default: m.SheetPage })));
const TemplatePage = lazy(() => import('./TemplatePage.tsx').then((m) => ({ default: m.TemplatePage })));
const OpenSheet = lazy(() => import('./OpenSheet.tsx').then((m) => ({ default: m.OpenSheet })));

/** The six forms have a page, each form a sheet of its own; administrators set what relations are judged by. */
export const ui: ModuleUi = {
  pages: [
    {
      path: 'forms',
      component: FormsPage,
      search: ({ kind }) => (typeof kind === 'string' && /^[a-z]{3,12}$/.test(kind) ? { kind } : {}),
    },
    {
      path: 'forms/$id',
      component: SheetPage,
      search: ({ round }) => (Number.isInteger(round) && Number(round) > 0 ? { round } : {}),
    },
  ],
  menu: [
    {
      to: '/forms',
      label: 'sheets.title',
      icon: FileDoneOutlined,
      group: 'business',
      order: 36,
      needs: { entity: 'customerForm', action: 'read' },
    },
  ],
  settings: [
    {
      page: 'form-template',
      label: 'sheets.template',
      icon: FileDoneOutlined,
      order: 58,
      component: TemplatePage,
    },
  ],
  slots: [{ entity: 'customerForm', place: 'file.banner', order: 10, component: OpenSheet }],
};

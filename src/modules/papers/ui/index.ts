import { FileWordOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const TemplatesPage = lazy(() => import('./TemplatesPage.tsx').then((m) => ({ default: m.TemplatesPage })));
const PrintAction = lazy(() => import('./PrintAction.tsx').then((m) => ({ default: m.PrintAction })));

/** Templates are kept in the settings; what can be printed by one says so among its actions. */
export const ui: ModuleUi = {
  settings: [
    { page: 'papers', label: 'papers.title', icon: FileWordOutlined, order: 61, component: TemplatesPage },
  ],
  slots: ['quote', 'contract', 'order', 'delivery', 'invoice'].map((entity) => ({
    entity,
    place: 'file.action',
    order: 6,
    title: 'paper.print',
    component: PrintAction,
  })),
};

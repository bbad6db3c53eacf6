import { FileTextOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const QuoteBar = lazy(() => import('./QuoteBar.tsx').then((m) => ({ default: m.QuoteBar })));
const Editions = lazy(() => import('./Editions.tsx').then((m) => ({ default: m.Editions })));
const Compare = lazy(() => import('./Compare.tsx').then((m) => ({ default: m.Compare })));
const CopyDialog = lazy(() => import('./CopyDialog.tsx').then((m) => ({ default: m.CopyDialog })));
const ConfirmPage = lazy(() => import('./ConfirmPage.tsx').then((m) => ({ default: m.ConfirmPage })));
const PdfDialog = lazy(() => import('./PdfDialog.tsx').then((m) => ({ default: m.PdfDialog })));
const PdfLink = lazy(() => import('./PdfLink.tsx').then((m) => ({ default: m.PdfLink })));
const QuoteIt = lazy(() => import('./Opportunity.tsx').then((m) => ({ default: m.QuoteIt })));
const Confirmed = lazy(() => import('./Opportunity.tsx').then((m) => ({ default: m.Confirmed })));
const RulesPage = lazy(() => import('./RulesPage.tsx').then((m) => ({ default: m.RulesPage })));

/** A quote's file says what it waits for; its customer answers on a page of his own. */
export const ui: ModuleUi = {
  publicPages: [{ path: 'confirm', component: ConfirmPage }],
  settings: [
    { page: 'quotes', label: 'quotes.rules', icon: FileTextOutlined, order: 59, component: RulesPage },
  ],
  slots: [
    { entity: 'quote', place: 'file.banner', order: 10, component: QuoteBar },
    { entity: 'quote', place: 'file.banner', order: 11, component: Editions },
    {
      entity: 'quote',
      place: 'file.tab',
      order: 10,
      title: 'quotes.compare',
      when: (_entity, record) => Boolean(record.previous),
      component: Compare,
    },
    { entity: 'opportunity', place: 'file.head', order: 20, component: QuoteIt },
    { entity: 'opportunity', place: 'file.banner', order: 10, component: Confirmed },
    { entity: 'quote', place: 'child.row', order: 10, component: PdfLink },
    { entity: 'quote', place: 'file.action', order: 5, title: 'quotes.pdf', component: PdfDialog },
    { entity: 'quote', place: 'file.action', order: 10, title: 'quotes.copy', component: CopyDialog },
  ],
};

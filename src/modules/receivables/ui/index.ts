import { BankOutlined, WalletOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { useMeta } from '../../../web/api/meta.tsx';
import type { ModuleUi } from '../../../web/slots.ts';
import { readWish } from './wish.ts';

const ReceivablesPage = lazy(() =>
  import('./ReceivablesPage.tsx').then((m) => ({ default: m.ReceivablesPage })),
);
const ClaimsPage = lazy(() => import('./ClaimsPage.tsx').then((m) => ({ default: m.ClaimsPage })));
const MoneyCard = lazy(() => import('./MoneyCard.tsx').then((m) => ({ default: m.MoneyCard })));
const AccountDialog = lazy(() => import('./AccountDialog.tsx').then((m) => ({ default: m.AccountDialog })));
const CreditBar = lazy(() => import('./CreditBar.tsx').then((m) => ({ default: m.CreditBar })));
const Postings = lazy(() => import('./Postings.tsx').then((m) => ({ default: m.Postings })));
const Letter = lazy(() => import('./Letter.tsx').then((m) => ({ default: m.Letter })));
const RedBar = lazy(() => import('./RedBar.tsx').then((m) => ({ default: m.RedBar })));
const Steps = lazy(() => import('./Steps.tsx').then((m) => ({ default: m.Steps })));

/** Whoever sees no receipts gets no statement. */
function useSeesMoney() {
  const sees = !!useMeta().entity('receipt');
  return () => sees;
}

/** What is owed and claimed, and on files where their money stands and what is next with it. */
export const ui: ModuleUi = {
  pages: [
    { path: 'receivables', component: ReceivablesPage, search: readWish },
    { path: 'claims', component: ClaimsPage },
  ],
  menu: [
    {
      to: '/receivables',
      label: 'money.title',
      icon: WalletOutlined,
      group: 'money',
      order: 10,
      needs: { entity: 'receipt', action: 'read' },
    },
    {
      to: '/claims',
      label: 'money.claims',
      icon: BankOutlined,
      group: 'money',
      order: 30,
      needs: { entity: 'bankEntry', action: 'read' },
    },
  ],
  slots: [
    { entity: 'customer', place: 'file.right', order: 12, component: MoneyCard },
    {
      entity: 'customer',
      place: 'file.action',
      order: 30,
      title: 'money.statementOf',
      useWhen: useSeesMoney,
      component: AccountDialog,
    },
    { entity: 'contract', place: 'file.right', order: 12, component: MoneyCard },
    { entity: 'order', place: 'file.right', order: 12, component: MoneyCard },
    { entity: 'order', place: 'file.banner', order: 10, component: CreditBar },
    ...['receipt', 'order', 'contract', 'invoice', 'rebateAgreement'].map((entity) => ({
      entity,
      place: 'file.tab' as const,
      order: 30,
      title: 'money.postings',
      component: Postings,
    })),
    { entity: 'receipt', place: 'file.head', order: 10, component: Steps },
    { entity: 'invoice', place: 'file.banner', order: 10, component: RedBar },
    { entity: 'invoice', place: 'file.head', order: 10, component: Steps },
    { entity: 'bankEntry', place: 'file.head', order: 10, component: Steps },
    { entity: 'dunning', place: 'file.head', order: 10, component: Steps },
    { entity: 'dunning', place: 'file.head', order: 20, component: Letter },
  ],
};

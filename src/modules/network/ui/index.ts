import { AlertOutlined, ApartmentOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import type { ModuleUi } from '../../../web/slots.ts';

const TeamCard = lazy(() => import('./TeamCard.tsx').then((m) => ({ default: m.TeamCard })));
const Warnings = lazy(() => import('./Warnings.tsx').then((m) => ({ default: m.Warnings })));
const NetworkTab = lazy(() => import('./NetworkTab.tsx').then((m) => ({ default: m.NetworkTab })));
const GroupTab = lazy(() => import('./GroupTab.tsx').then((m) => ({ default: m.GroupTab })));
const KeyAccounts = lazy(() => import('./KeyAccounts.tsx').then((m) => ({ default: m.KeyAccounts })));
const CoveragePage = lazy(() => import('./CoveragePage.tsx').then((m) => ({ default: m.CoveragePage })));

const isCompany = (_entity: MetaEntity, record: WireRecord) => record.kind !== 'person';

/** Team, relations, warnings and group stand on the customer's file; the accounts one serves are a list of their own. */
export const ui: ModuleUi = {
  slots: [
    { entity: 'customer', place: 'file.right', order: 12, component: TeamCard },
    { entity: 'customer', place: 'file.banner', order: 20, component: Warnings },
    {
      entity: 'customer',
      place: 'file.tab',
      order: 20,
      title: 'network.title',
      when: isCompany,
      component: NetworkTab,
    },
    {
      entity: 'customer',
      place: 'file.tab',
      order: 30,
      title: 'companyTree.title',
      when: isCompany,
      component: GroupTab,
    },
  ],
  pages: [{ path: 'key-accounts', component: KeyAccounts }],
  menu: [
    {
      to: '/key-accounts',
      label: 'team.mine',
      icon: ApartmentOutlined,
      group: 'main',
      order: 15,
      needs: { entity: 'teamMember', action: 'read' },
    },
  ],
  settings: [
    { page: 'coverage', label: 'warnings.title', icon: AlertOutlined, order: 90, component: CoveragePage },
  ],
};

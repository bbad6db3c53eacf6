import { lazy } from 'react';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import type { ModuleUi } from '../../../web/slots.ts';

const People = lazy(() => import('./People.tsx').then((m) => ({ default: m.People })));
const loadStanding = () => import('./Standing.tsx');
const Abandon = lazy(() => loadStanding().then((m) => ({ default: m.Abandon })));
const Block = lazy(() => loadStanding().then((m) => ({ default: m.Block })));
const Reinstate = lazy(() => loadStanding().then((m) => ({ default: m.Reinstate })));
const StandingTag = lazy(() => loadStanding().then((m) => ({ default: m.StandingTag })));

const stands = (status: string) => (_entity: MetaEntity, record: WireRecord) =>
  record.can.update && (record.status ?? 'active') === status;
const notActive = (_entity: MetaEntity, record: WireRecord) =>
  record.can.update && (record.status === 'abandoned' || record.status === 'blocked');

/** The people of a customer stand on its page; it can be let go of, blocked, and taken up again. */
export const ui: ModuleUi = {
  slots: [
    { entity: 'customer', place: 'file.right', order: 10, component: People },
    { entity: 'customer', place: 'file.head', order: 1, component: StandingTag },
    {
      entity: 'customer',
      place: 'file.action',
      order: 70,
      title: 'standing.abandon',
      when: stands('active'),
      component: Abandon,
    },
    {
      entity: 'customer',
      place: 'file.action',
      order: 71,
      title: 'standing.block',
      when: stands('active'),
      component: Block,
    },
    {
      entity: 'customer',
      place: 'file.action',
      order: 72,
      title: 'standing.reinstate',
      when: notActive,
      component: Reinstate,
    },
  ],
};

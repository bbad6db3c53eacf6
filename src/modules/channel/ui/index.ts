import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const PartnerPeople = lazy(() => import('./PartnerPeople.tsx').then((m) => ({ default: m.PartnerPeople })));
const PartnerSteps = lazy(() => import('./PartnerSteps.tsx').then((m) => ({ default: m.PartnerSteps })));

/** Channel partners: their people, deals, stock and results. */
export const ui: ModuleUi = {
  slots: [
    { entity: 'partner', place: 'file.right', order: 10, component: PartnerPeople },
    { entity: 'partner', place: 'file.head', order: 10, component: PartnerSteps },
  ],
};

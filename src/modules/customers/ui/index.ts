import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const People = lazy(() => import('./People.tsx').then((m) => ({ default: m.People })));

/** The people of a customer stand on its page. */
export const ui: ModuleUi = {
  slots: [{ entity: 'customer', place: 'file.right', order: 10, component: People }],
};

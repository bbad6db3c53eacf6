import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const PicturesCard = lazy(() => import('./PicturesCard.tsx').then((m) => ({ default: m.PicturesCard })));

/** A legal entity's file has what it puts on its papers. */
export const ui: ModuleUi = {
  slots: [{ entity: 'legalEntity', place: 'file.right', order: 10, component: PicturesCard }],
};

import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const SheetTab = lazy(() => import('./SheetTab.tsx').then((m) => ({ default: m.SheetTab })));
const BundleTab = lazy(() => import('./BundleTab.tsx').then((m) => ({ default: m.BundleTab })));
const VariantsTab = lazy(() => import('./VariantsTab.tsx').then((m) => ({ default: m.VariantsTab })));

/**
 * Finds a product and tells its price: for the lines of documents.
 * @public
 */
export const ProductPicker = lazy(() =>
  import('./ProductPicker.tsx').then((m) => ({ default: m.ProductPicker })),
);

/** A price book is a grid of prices; a bundle tells what it costs and what is in it, a main product has its variants. */
export const ui: ModuleUi = {
  slots: [
    { entity: 'priceBook', place: 'file.tab', order: 10, title: 'prices.title', component: SheetTab },
    {
      entity: 'product',
      place: 'file.tab',
      order: 10,
      title: 'prices.bundle',
      when: (_entity, record) => record.bundle === 'fixed' || record.bundle === 'sum',
      component: BundleTab,
    },
    {
      entity: 'product',
      place: 'file.tab',
      order: 20,
      title: 'prices.variants',
      when: (_entity, record) => Boolean(record.attributes) && !record.variantOf,
      component: VariantsTab,
    },
  ],
};

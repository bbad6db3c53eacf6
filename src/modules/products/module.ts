import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { bookBehaviour } from './book/behaviour.ts';
import { bookCommands } from './book/commands.ts';
import { priceBook } from './book/entity.ts';
import { bundleBehaviour } from './bundle/behaviour.ts';
import { bundlePart } from './bundle/entity.ts';
import { categoryBehaviour } from './category/behaviour.ts';
import { productCategory } from './category/entity.ts';
import { entryBehaviour } from './entry/behaviour.ts';
import { priceBookEntry } from './entry/entity.ts';
import { productBehaviour } from './product/behaviour.ts';
import { product } from './product/entity.ts';
import { makeVariants } from './product/make-variants.ts';
import { productRoutes } from './routes.ts';
import { ruleBehaviour } from './rule/behaviour.ts';
import { productRule } from './rule/entity.ts';
import { fillCatalogue } from './sample.ts';
import { taxRateBehaviour } from './tax-rate/behaviour.ts';
import { taxRate } from './tax-rate/entity.ts';
import { unitBehaviour } from './unit/behaviour.ts';
import { productUnit } from './unit/entity.ts';

export const products: Module<Services> = {
  name: 'products',
  entities: [
    product,
    priceBook,
    priceBookEntry,
    productUnit,
    bundlePart,
    productCategory,
    taxRate,
    productRule,
  ],
  behaviours: new Map([
    ['product', productBehaviour],
    ['productUnit', unitBehaviour],
    ['bundlePart', bundleBehaviour],
    ['priceBook', bookBehaviour],
    ['priceBookEntry', entryBehaviour],
    ['productCategory', categoryBehaviour],
    ['taxRate', taxRateBehaviour],
    ['productRule', ruleBehaviour],
  ]),
  commands: () => [makeVariants, ...bookCommands],
  routes: () => productRoutes(),
  sample: fillCatalogue,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};

import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { product } from './product/entity.ts';

export const products: Module<Services> = {
  name: 'products',
  entities: [product],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};

import { idParams, type Route, route } from '../../platform/http/route.ts';
import { saveSheet, sheetBody } from './book/save-sheet.ts';
import { sheetOf } from './book/sheet.ts';
import { offersOf, offersQuery, scannedProduct, scannedQuery } from './price/offers.ts';
import { pricesRoute } from './price/routes.ts';

/** What is asked of products besides their records. */
export const productRoutes = (): Route[] => [
  pricesRoute(),
  route({
    method: 'GET',
    path: '/products/offers',
    summary: 'Products on sale found by name, pinyin, number or barcode, with their prices for a customer',
    tag: 'products',
    query: offersQuery,
    handle: ({ ctx, query }) => offersOf(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/products/scanned',
    summary: 'The product on sale, and the unit of it, that bears a barcode',
    tag: 'products',
    query: scannedQuery,
    handle: ({ ctx, query }) => scannedProduct(ctx, query.code),
  }),
  route({
    method: 'GET',
    path: '/price-books/{id}/sheet',
    summary: 'All prices of a price book',
    tag: 'products',
    params: idParams,
    handle: ({ ctx, params }) => sheetOf(ctx, params.id),
  }),
  route({
    method: 'POST',
    path: '/price-books/{id}/sheet',
    summary: 'Save changed, new and removed prices of a price book, all or none',
    tag: 'products',
    params: idParams,
    body: sheetBody,
    status: 200,
    handle: ({ ctx, params, body }) => saveSheet(ctx, params.id, body.rows),
  }),
];

/** What other modules may use of products. */
export { splitOverParts } from './bundle/expand.shared.ts';
export { pricesFor } from './price/prices.ts';
export type { PricedLine, PriceRequest } from './price/types.shared.ts';
export { minimumMargins } from './product/minimum-margin.ts';
export { UNITS } from './product/units.ts';
export { type Had, nextProducts } from './rule/next.ts';

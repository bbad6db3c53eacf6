import type { Filter } from '../../../web/api/types.ts';
import type { Wish } from './wish.ts';

/** What the page is narrowed to, as conditions on opportunities. */
export function conditionsOf({ department, product, pipeline, region }: Wish): Filter[] {
  const parts: Filter[] = [];
  if (department) parts.push({ field: 'owner.department', op: 'eq', value: department });
  if (product) parts.push({ field: 'products', op: 'in', value: [product] });
  if (pipeline) parts.push({ field: 'pipeline', op: 'eq', value: pipeline });
  if (region) parts.push({ field: 'customer.province', op: 'eq', value: region });
  return parts;
}

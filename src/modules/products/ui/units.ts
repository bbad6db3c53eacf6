import { fieldOf, useMeta } from '../../../web/api/meta.tsx';

/** What a unit is called; a unit of one's own is called as it is written. */
export function useUnitName(): (unit: string | null) => string {
  const product = useMeta().entity('product');
  const options = (product && fieldOf(product, 'unit')?.options) ?? [];
  return (unit) => options.find(({ value }) => value === unit)?.label ?? unit ?? '';
}

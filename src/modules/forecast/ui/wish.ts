/** What the pages show, in their address. */
export interface Wish {
  period?: string;
  by?: 'owner' | 'department' | 'product' | 'pipeline';
  department?: string;
  product?: string;
  pipeline?: string;
  /** A province. */
  region?: string;
}

const ID = /^[0-9a-f-]{36}$/;

/** What the pages are narrowed to. */
export const narrowed = ({ department, product, pipeline, region }: Wish): Omit<Wish, 'period' | 'by'> => ({
  ...(department ? { department } : {}),
  ...(product ? { product } : {}),
  ...(pipeline ? { pipeline } : {}),
  ...(region ? { region } : {}),
});

const BY = ['owner', 'department', 'product', 'pipeline'];

export const wished = ({ period, by, region, ...ids }: Record<string, unknown>): Record<string, unknown> => ({
  ...(typeof period === 'string' && /^(\d{4}-(\d{2}|Q\d)|quarter)$/.test(period) ? { period } : {}),
  ...(BY.includes(by as string) ? { by } : {}),
  ...(typeof region === 'string' && region !== '' ? { region: region.slice(0, 60) } : {}),
  ...Object.fromEntries(
    ['department', 'product', 'pipeline'].flatMap((name) =>
      typeof ids[name] === 'string' && ID.test(ids[name]) ? [[name, ids[name]]] : [],
    ),
  ),
});

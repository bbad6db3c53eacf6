/** What the pages show, in their address. */
export interface Wish {
  period?: string;
  by?: 'owner' | 'department' | 'product' | 'pipeline';
}

const BY = ['owner', 'department', 'product', 'pipeline'];

export const wished = ({ period, by }: Record<string, unknown>): Record<string, unknown> => ({
  ...(typeof period === 'string' && /^(\d{4}-(\d{2}|Q\d)|quarter)$/.test(period) ? { period } : {}),
  ...(BY.includes(by as string) ? { by } : {}),
});

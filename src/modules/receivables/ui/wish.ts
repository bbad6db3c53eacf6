/** What the page of receivables shows, as its address says it. */
export interface Wish {
  group?: 'customer' | 'owner' | 'item';
  customer?: string;
  owner?: string;
  age?: string;
}

const one = <T extends string>(value: unknown, offered: readonly T[]): T | undefined =>
  offered.find((each) => each === value);

export function readWish(raw: Record<string, unknown>): Record<string, unknown> {
  const group = one(raw.group, ['customer', 'owner', 'item']);
  const age = one(raw.age, ['later', 'd30', 'd60', 'd90', 'over90', 'overdue']);
  return {
    ...(group ? { group } : {}),
    ...(age ? { age } : {}),
    ...(typeof raw.customer === 'string' ? { customer: raw.customer } : {}),
    ...(typeof raw.owner === 'string' ? { owner: raw.owner } : {}),
  };
}

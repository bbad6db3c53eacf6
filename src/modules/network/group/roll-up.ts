import type { Figures, GroupNode } from './group.shared.ts';

export interface Company {
  id: string;
  title: string;
  parent: string | null;
  own: Figures;
}

/**
 * A tree of companies with what each is together with all below it. A company whose parent is not among them hangs on
 * the nearest one above that is.
 * @param above every company's parent, of those out of sight too
 */
export function rollUp(
  companies: readonly Company[],
  above: ReadonlyMap<string, string | null>,
): GroupNode[] {
  const shown = new Map(companies.map((company) => [company.id, company]));
  const parentOf = (id: string) => {
    let at = above.get(id) ?? null;
    for (let step = 0; at && !shown.has(at) && step < above.size; step += 1) at = above.get(at) ?? null;
    return at && shown.has(at) ? at : null;
  };
  const below = Map.groupBy(
    companies.map((company) => ({ ...company, parent: parentOf(company.id) })),
    ({ parent }) => parent,
  );
  const nodes: GroupNode[] = [];
  const visit = (company: Company): Figures => {
    const at = nodes.length;
    nodes.push({ ...company, total: company.own });
    const total = (below.get(company.id) ?? []).reduce((sum, child) => add(sum, visit(child)), company.own);
    nodes[at] = { ...company, total };
    return total;
  };
  for (const top of below.get(null) ?? []) visit(top);
  return nodes;
}

function add(a: Figures, b: Figures): Figures {
  return {
    customers: a.customers + b.customers,
    contacts: a.contacts + b.contacts,
    openTasks: a.openTasks + b.openTasks,
    lastContactAt:
      [a.lastContactAt, b.lastContactAt]
        .filter((at) => at !== null)
        .sort()
        .at(-1) ?? null,
    annualRevenue: sumOf(a.annualRevenue, b.annualRevenue),
  };
}

/** Amounts are added in hundredths: nothing is lost to binary fractions. */
function sumOf(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  const cents = (amount: string) => {
    const [whole = '0', part = ''] = amount.replace('-', '').split('.');
    const value = BigInt(whole) * 100n + BigInt(part.padEnd(2, '0').slice(0, 2));
    return amount.startsWith('-') ? -value : value;
  };
  const sum = cents(a) + cents(b);
  const size = sum < 0n ? -sum : sum;
  return `${sum < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}

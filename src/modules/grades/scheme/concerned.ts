import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import type { StoredEvent } from '../../../platform/events/subscriber.ts';

/** By which references the records of other types lead to the customers whose grade they may change. */
export interface Ways {
  /** Record types whose field refers to customers: `activity` → `customer`. */
  inward: Map<string, Set<string>>;
  /** Record types that a field of customers refers to: `user` → `owner`. */
  outward: Map<string, Set<string>>;
  /** Fields of customers that are derived and looked at; null where any may be. */
  facts: Set<string> | null;
}

const add = (map: Map<string, Set<string>>, key: string, value: string) =>
  map.set(key, (map.get(key) ?? new Set()).add(value));

/** What rules look at, beyond the customer itself. */
export function waysOf(ctx: Context, definitions: readonly unknown[]): Ways {
  const ways: Ways = { inward: new Map(), outward: new Map(), facts: new Set() };
  const customer = entityNamed(ctx.registry, 'customer');
  const measure = (name: unknown) => {
    for (const [entity, field] of Object.entries(ctx.measures.get(String(name))?.through ?? {}))
      add(ways.inward, entity, field);
  };
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const value = node as Record<string, unknown>;
    if (typeof value.related === 'string' && typeof value.via === 'string')
      add(ways.inward, value.related, value.via);
    if (typeof value.measure === 'string') measure(value.measure);
    else if (typeof value.measure === 'object' && value.measure)
      measure((value.measure as { name?: unknown }).name);
    if (typeof value.field === 'string' && value.field.includes('.')) {
      const own = customer.fields[value.field.slice(0, value.field.indexOf('.'))];
      if (own?.to && !own.fact) add(ways.outward, own.to, own.name);
    }
    const field = typeof value.field === 'string' ? value.field.slice(value.field.indexOf('.') + 1) : '';
    if (customer.fields[field]?.fact) ways.facts?.add(field);
    // What a named term looks at (a segment) is its own affair.
    if (Object.keys(value).some((key) => ctx.filterTerms.has(key))) ways.facts = null;
    for (const [key, part] of Object.entries(value)) if (key !== 'value') walk(part);
  };
  for (const definition of definitions) walk(definition);
  return ways;
}

/** Whether derived values that have changed are of those the rules look at; those of the rules themselves are not. */
function looksAt(ways: Ways, own: string, { payload }: StoredEvent): boolean {
  if (payload.fact === own) return false;
  const { fields } = payload as { fields?: readonly string[] };
  return !ways.facts || !fields || fields.some((field) => ways.facts?.has(field));
}

/** The customers whose grade a batch of events may change, each once. Facts of the grades themselves change none. */
export async function concernedBy(
  ctx: Context,
  ways: Ways,
  batch: readonly StoredEvent[],
  own: string,
): Promise<string[]> {
  const found = new Set<string>();
  const touched = new Map<string, Set<string>>();
  for (const event of batch) {
    const { entity, name, recordIds, payload } = event;
    if (entity === 'customer') {
      if (name === 'customer.facts' && !looksAt(ways, own, event)) continue;
      for (const id of recordIds) found.add(id);
    }
    for (const field of ways.inward.get(entity) ?? [])
      for (const id of (payload.left as Record<string, string[]> | undefined)?.[field] ?? []) found.add(id);
    if (ways.inward.has(entity) || ways.outward.has(entity))
      for (const id of recordIds) add(touched, entity, id);
  }
  for (const [name, ids] of touched) {
    const entity = ctx.registry.byName.get(name);
    if (!entity) continue;
    const list = [...ids];
    for (const via of ways.inward.get(name) ?? []) {
      const field = entity.fields[via];
      if (!field) continue;
      const column = sql.ref(`r.${field.column}`);
      const { rows } = await sql<{
        id: string | null;
      }>`select distinct ${field.kind === 'references' ? sql`unnest(${column})` : column} as id
        from ${sql.table(entity.table)} r where r.id = any(${list}::uuid[])`.execute(ctx.db);
      for (const { id } of rows) if (id) found.add(id);
    }
    for (const via of ways.outward.get(name) ?? []) {
      const field = entityNamed(ctx.registry, 'customer').fields[via];
      if (!field) continue;
      const { rows } = await sql<{ id: string }>`select id from customer
        where ${sql.ref(field.column)} = any(${list}::uuid[]) and deleted_at is null`.execute(ctx.db);
      for (const { id } of rows) found.add(id);
    }
  }
  return [...found].sort();
}

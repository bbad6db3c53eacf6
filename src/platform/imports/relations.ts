import type { Context } from '../context/context.ts';
import type { Entity } from '../entity/types.ts';
import type { ReadRow } from './plan.ts';
import type { Meant, Resolver } from './resolver.ts';
import type { Reason } from './types.ts';

/** What became of the names a row's relations are written with. */
export interface RowRelations {
  /** Fields whose name fits several records, with those. */
  ambiguous: Record<string, { text: string; ids: readonly string[] }>;
  /** Names nobody bears yet: of this file's own records, or to be made. */
  pending: Record<string, string[]>;
  /** Names written otherwise than the record they were taken for. */
  matched: { path: string; text: string; id: string }[];
  problems: Reason[];
  warnings: Reason[];
}

interface Written {
  values: Record<string, unknown>;
  names: Record<string, string[]>;
}

export interface RelationOptions {
  resolver: Resolver;
  /** Relation fields (with the prefix of people) whose missing targets are made. */
  creates: ReadonlySet<string>;
  /** Names of this record type may stand further down in the file. */
  ownNamesLater: boolean;
  prefix: string;
}

/** Resolves the names written in many rows, one or two queries for each record type they refer to. */
export async function resolveNames(
  ctx: Context,
  entity: Entity,
  rows: readonly Written[],
  options: RelationOptions,
): Promise<RowRelations[]> {
  const wanted = new Map<string, Set<string>>();
  for (const { names } of rows) {
    for (const [name, texts] of Object.entries(names)) {
      const to = entity.fields[name]?.to as string;
      const known = wanted.get(to) ?? new Set();
      for (const text of texts) known.add(text);
      wanted.set(to, known);
    }
  }
  const found = new Map<string, Map<string, Meant>>();
  for (const [to, texts] of wanted) found.set(to, await options.resolver.resolve(ctx, to, texts));
  return rows.map((row) => relationsOf(ctx, entity, row, found, options));
}

function relationsOf(
  ctx: Context,
  entity: Entity,
  { values, names }: Written,
  found: ReadonlyMap<string, ReadonlyMap<string, Meant>>,
  { creates, ownNamesLater, prefix }: RelationOptions,
): RowRelations {
  const relations: RowRelations = { ambiguous: {}, pending: {}, matched: [], problems: [], warnings: [] };
  for (const [name, texts] of Object.entries(names)) {
    const field = entity.fields[name];
    if (!field?.to) continue;
    const path = prefix + name;
    const ids: string[] = [];
    const missing: string[] = [];
    for (const text of texts) {
      const meant = found.get(field.to)?.get(text);
      const hits = meant?.ids ?? [];
      if (hits.length === 1) {
        ids.push(hits[0] as string);
        if (meant?.folded) relations.matched.push({ path, text, id: hits[0] as string });
      } else if (hits.length > 1) {
        relations.ambiguous[name] = { text, ids: hits };
        relations.problems.push({ path, code: 'ambiguous_name', params: { text, count: hits.length } });
      } else missing.push(text);
    }
    const makes = creates.has(path) && ctx.policies.for(field.to).can('create');
    if (missing.length && (makes || (ownNamesLater && field.to === entity.name))) {
      relations.pending[name] = texts;
      continue;
    }
    for (const text of missing) {
      if (name === 'owner') relations.warnings.push({ path, code: 'owner_unresolved', params: { text } });
      else relations.problems.push({ path, code: 'unknown_name', params: { text } });
    }
    if (field.kind === 'references') {
      if (ids.length) values[name] = ids;
    } else if (ids.length) values[name] = ids[0];
  }
  return relations;
}

/** Takes back what is ambiguous only by itself: the record already refers to one of those meant. */
export function settleAmbiguous(
  entity: Entity,
  row: ReadRow,
  relations: RowRelations,
  before: Record<string, unknown>,
): void {
  for (const [name, { ids }] of Object.entries(relations.ambiguous)) {
    const field = entity.fields[name];
    const current = field ? before[field.column] : null;
    const same = Array.isArray(current)
      ? current.some((id) => ids.includes(id))
      : ids.includes(current as string);
    if (!same) continue;
    row.problems = row.problems.filter(({ path, code }) => path !== name || code !== 'ambiguous_name');
    delete row.values[name];
  }
}

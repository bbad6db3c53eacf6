import type { Context } from '../context/context.ts';
import { recordsByKey } from '../duplicates/find.ts';
import { duplicateKeys } from '../duplicates/keys.ts';
import { createDrafts } from '../entity/records.ts';
import type { Entity } from '../entity/types.ts';
import type { Decision } from './decide.ts';
import type { ReadRow } from './plan.ts';
import { type RowRelations, resolveNames } from './relations.ts';
import type { StageState } from './stage-state.ts';

/** Resolves and checks the people who share the sheet; what is wrong with one becomes a problem of its row. */
export async function resolvePeople(
  ctx: Context,
  state: StageState,
  rows: readonly ReadRow[],
): Promise<RowRelations[]> {
  const none: RowRelations = { ambiguous: {}, pending: {}, matched: [], problems: [], warnings: [] };
  const { people, creates } = state.plan;
  if (!people) return rows.map(() => none);
  const with_ = rows.flatMap((row) => (row.person ? [row.person] : []));
  const prefix = `${people.entity.name}.`;
  const found = await resolveNames(ctx, people.entity, with_, {
    resolver: state.resolver,
    creates,
    ownNamesLater: false,
    prefix,
  });
  const all = new Map(with_.map((person, at) => [person, found[at]!]));
  const title = `${prefix}${people.entity.title}`;
  for (const row of rows) {
    const relations = row.person && all.get(row.person);
    if (!relations || !row.person) continue;
    row.problems.push(...relations.problems);
    row.warnings.push(...relations.warnings);
    if (!row.person.values[people.entity.title]) row.problems.push({ path: title, code: 'required' });
  }
  const drafts = await createDrafts(
    ctx,
    people.entity,
    with_.map(({ values }) => values),
    { checkOnly: true },
  );
  const checks = new Map(with_.map((person, at) => [person, drafts[at]!]));
  for (const row of rows) {
    const draft = row.person && checks.get(row.person);
    for (const each of draft?.problems ?? []) {
      const path = prefix + each.path;
      if (!row.problems.some((known) => known.path === path)) row.problems.push({ ...each, path });
    }
  }
  return rows.map((row) => (row.person && all.get(row.person)) ?? none);
}

/** Whether the person a row names is already there under the record it means. */
export async function knownPeople(
  ctx: Context,
  state: StageState,
  rows: readonly ReadRow[],
  decisions: readonly Decision[],
): Promise<boolean[]> {
  const { people } = state.plan;
  if (!people) return [];
  const keys = rows.map((row, at) => {
    const root = decisions[at]!.id;
    return row.person && root
      ? personKey(people.entity, row.person.values, people.root.name, root)
      : undefined;
  });
  const found = await recordsByKey(
    ctx,
    keys.filter((key) => key !== undefined),
  );
  return keys.map((key) => key !== undefined && found.has(key));
}

/** The key that says: this person at this record. */
export function personKey(
  entity: Entity,
  values: Record<string, unknown>,
  root: string,
  id: string,
): string | undefined {
  const keys = duplicateKeys(entity, (name) => (name === root ? id : values[name]));
  return keys.find(({ kind, fields }) => kind === 'tuple' && fields.includes(root))?.key;
}

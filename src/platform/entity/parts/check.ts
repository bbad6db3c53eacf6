import { sql } from 'kysely';
import type { Context } from '../../context/context.ts';
import { uuidv7 } from '../../db/uuid.ts';
import type { Draft, Row } from '../behaviour.ts';
import { changedFields } from '../changed.ts';
import { checkFieldRights, checkOptions, checkRequired, fillDefaults, resolveReferences } from '../check.ts';
import { entityColumns } from '../columns.ts';
import { referrersOf } from '../erase.ts';
import type { Entity, Part } from '../types.ts';

/**
 * Takes the rows of parts out of the drafts' values and puts them beside, as drafts of their own: all of a record, also where
 * only the record itself changes, so that what follows from them can be computed.
 */
export async function draftParts(ctx: Context, entity: Entity, drafts: Draft[]): Promise<void> {
  for (const part of entity.parts) {
    const stored = await storedRows(ctx, part, drafts);
    for (const draft of drafts) {
      const before = stored.get(draft.id) ?? [];
      const given = draft.values[part.name] as Record<string, unknown>[] | undefined;
      delete draft.values[part.name];
      const rows = given ? given.map((values) => rowDraft(values, before)) : before.map((row) => kept(row));
      const left = new Set(rows.map(({ id }) => id));
      draft.parts = { ...draft.parts, [part.name]: rows };
      draft.gone = { ...draft.gone, [part.name]: before.filter((row) => !left.has(row.id as string)) };
    }
    const rows = drafts.flatMap((draft) => draft.parts?.[part.name] ?? []);
    const touched = rows.filter(({ values }) => Object.keys(values).length > 0);
    checkFieldRights(ctx, part.entity, touched);
    checkOptions(part.entity, touched);
    const fresh = rows.filter(({ before }) => before === null);
    fillDefaults(ctx, part.entity, fresh);
  }
}

async function storedRows(ctx: Context, part: Part, drafts: readonly Draft[]): Promise<Map<string, Row[]>> {
  const heads = drafts.filter(({ before }) => before !== null).map(({ id }) => id);
  if (heads.length === 0) return new Map();
  const columns = entityColumns(part.entity).map(({ name }) => sql.ref(name));
  const { rows } = await sql<Row>`select ${sql.join(columns)} from ${sql.table(part.entity.table)}
    where ${sql.ref(part.head.column)} = any(${heads}::uuid[]) and deleted_at is null order by position, id`.execute(
    ctx.db,
  );
  return Map.groupBy(rows, (row) => row[part.head.column] as string);
}

const kept = (row: Row): Draft => ({
  id: row.id as string,
  before: row,
  values: {},
  problems: [],
  warnings: [],
});

/** A row as given: one that is there, known by its id, or a new one. */
function rowDraft({ id, ...values }: Record<string, unknown>, stored: readonly Row[]): Draft {
  const before = id === undefined ? null : (stored.find((row) => row.id === id) ?? null);
  const problems = id !== undefined && !before ? [{ path: 'id', code: 'unknown_reference' }] : [];
  return { id: before ? (before.id as string) : uuidv7(), before, values, problems, warnings: [] };
}

/** Checks the rows once the record's module has completed them, and tells the record what is wrong, row by row. */
export async function checkParts(ctx: Context, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  for (const part of entity.parts) {
    const rows = drafts.flatMap((draft) => draft.parts?.[part.name] ?? []);
    await resolveReferences(ctx, part.entity, rows);
    await refuseHeld(ctx, part, drafts);
    for (const row of rows) checkRequired(part.entity, row);
    for (const draft of drafts)
      for (const [at, row] of (draft.parts?.[part.name] ?? []).entries()) {
        const here = (path: string) => `${part.name}.${at}${path ? `.${path}` : ''}`;
        draft.problems.push(...row.problems.map((each) => ({ ...each, path: here(each.path) })));
        draft.warnings.push(...row.warnings.map((each) => ({ ...each, path: here(each.path) })));
      }
  }
}

/** A row that something refers to stays: what was delivered of an order is a line of it. */
async function refuseHeld(ctx: Context, part: Part, drafts: readonly Draft[]): Promise<void> {
  const gone = drafts.flatMap((draft) => draft.gone?.[part.name] ?? []).map((row) => row.id as string);
  if (gone.length === 0) return;
  const held = await referrersOf(ctx, part.entity, gone);
  for (const draft of drafts)
    for (const row of draft.gone?.[part.name] ?? []) {
      const by = held.get(row.id as string);
      if (!by) continue;
      const params = { row: row[part.entity.fields[part.entity.title]?.column ?? 'id'], entity: by.label };
      const label = by.label[ctx.principal.language];
      draft.problems.push({ path: part.name, code: 'row_referred_to', params: { ...params, entity: label } });
    }
}

/** Whether saving the draft changes any row of its parts. */
export function partsChange(entity: Entity, draft: Draft): boolean {
  return entity.parts.some((part) => {
    const rows = draft.parts?.[part.name];
    if (!rows) return false;
    return (
      (draft.gone?.[part.name]?.length ?? 0) > 0 ||
      rows.some((row, at) => rowChanges(part, row) || row.before?.position !== at)
    );
  });
}

const rowChanges = (part: Part, row: Draft) =>
  row.before === null || changedFields(part.entity, row).length > 0;

import { sql } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { columnDdl, plannedIndexes } from '../db/plan.ts';
import { uuidv7 } from '../db/uuid.ts';
import { fieldColumns } from '../entity/columns.ts';
import type { Entity, Field, Preparation } from '../entity/types.ts';
import { invalid, notFound, problem } from '../errors/problem.ts';
import { fieldAnswer } from './answers.ts';
import { type Change, changeRegistry } from './change.ts';
import { changedDefinition, checkDefinition, newDefinition } from './definition.ts';
import type { FieldInput, FieldPatch, NewField } from './input.ts';
import { freeName, nameFrom, prefixed } from './names.ts';
import type { LivingRegistry } from './registry.ts';
import type { Customisations, FieldDefinition, FieldRow } from './rows.ts';
import { countValues } from './usage.ts';

/** A table has room for 1,600 columns; a form that people can fill in, for far fewer. */
export const MOST_FIELDS = 200;

/** Names the wire form of a record or a request uses for itself. */
const RESERVED = new Set(['id', 'version', 'title', 'can', 'number', 'owner', 'department', 'warnings']);

/** Adds a field: a real column that works everywhere at once. Throws problems that name what is wrong. */
export async function createField(
  ctx: Context,
  living: LivingRegistry,
  input: FieldInput,
): Promise<FieldRow> {
  return changeRegistry(ctx, living, (change) => addField(change, input.entity, input));
}

/** Adds a field within a change. */
export async function addField(change: Change, entityName: string, input: NewField): Promise<FieldRow> {
  const { ctx, rows } = change;
  const entity = change.entity(entityName);
  if (!entity) throw invalid([{ path: 'entity', code: 'unknown_record_type' }]);
  const others = rows.fields.filter((row) => row.entity === entityName);
  if (others.length >= MOST_FIELDS)
    throw problem('too_many_fields', { status: 422, params: { max: MOST_FIELDS } });
  const spec = newDefinition(input);
  checkDefinition(input.kind, spec, spec.to ? change.entity(spec.to) : undefined);
  checkLabel(entity, null, spec);
  const name = nameOf(entity, change.rows, input);
  const position = input.position ?? Math.max(0, ...others.map((row) => row.position + 1));
  const id = uuidv7();
  await sql`insert into custom_field (id, entity, name, kind, spec, position, preparing, created_at, updated_at, created_by, updated_by)
    values (${id}, ${entityName}, ${name}, ${input.kind}, ${JSON.stringify(spec)}::jsonb, ${position}, '{}',
      ${ctx.now}, ${ctx.now}, ${ctx.principal.userId}, ${ctx.principal.userId})`.execute(ctx.db);
  const after = await change.reread();
  const [entityAfter, field] = declared(after, entityName, name);
  const preparing: Preparation[] = indexNames(entityAfter, field).length ? ['index'] : [];
  if (preparing.length) await setPreparing(change, id, preparing);
  await audit(change, 'create', id, null, { entity: entityName, name, kind: input.kind, ...spec, position });
  await change.ddl(
    ...fieldColumns(field).map((column) => `alter table "${entity.table}" add column ${columnDdl(column)}`),
  );
  return rowOf(await change.reread(), id);
}

function nameOf(entity: Entity, { fields, taken: gone }: Customisations, input: NewField): string {
  const taken = (name: string) =>
    name in entity.fields ||
    fields.some((row) => row.entity === entity.name && row.name === name) ||
    gone.includes(`${entity.name}.${name}`);
  if (!input.name) return freeName(nameFrom(input.label, 'field'), taken);
  const name = prefixed(input.name);
  const plain = name.slice(2);
  if (RESERVED.has(plain) || plain in entity.fields) throw invalid([{ path: 'name', code: 'reserved_name' }]);
  if (taken(name))
    throw problem('not_unique', { status: 409, errors: [{ path: 'name', code: 'not_unique' }] });
  return name;
}

/** Two fields of one label could not be told apart in a form or an imported header. */
function checkLabel(entity: Entity, own: string | null, { label }: FieldDefinition): void {
  const same = entity.fieldList.find(
    (field) => field.name !== own && (field.label.zh === label.zh || field.label.en === label.en),
  );
  if (same) {
    const errors = [{ path: 'label', code: 'label_taken', params: { field: same.name } }];
    throw problem('label_taken', { status: 409, params: { field: same.name }, errors });
  }
}

function declared(change: Change, entityName: string, name: string): [Entity, Field] {
  const entity = change.entity(entityName);
  const field = entity?.fields[name];
  if (!entity || !field) throw invalid([{ path: 'entity', code: 'unknown_record_type' }]);
  return [entity, field];
}

/** The indexes that a field asks for. */
function indexNames(entity: Entity, field: Field | undefined): string[] {
  if (!field) return [];
  const own = fieldColumns(field).map(({ name }) => `"${name}"`);
  return [...plannedIndexes(entity)]
    .filter(([, ddl]) => own.some((column) => ddl.includes(column)))
    .map(([name]) => name)
    .sort();
}

/** Changes a field, or brings a retired one back. `version` is the one the caller saw. */
export async function changeField(
  ctx: Context,
  living: LivingRegistry,
  id: string,
  patch: FieldPatch,
  version: number | null,
): Promise<FieldRow> {
  return changeRegistry(ctx, living, async (change) => {
    const row = rowOf(change, id);
    checkVersion(row, version, () => fieldAnswer(row));
    if (row.retired_at && patch.retired !== false) throw problem('field_retired', { status: 409 });
    const spec = changedDefinition(row.spec, patch);
    checkDefinition(row.kind, spec, spec.to ? change.entity(spec.to) : undefined);
    const before = change.entity(row.entity);
    if (!before) throw problem('record_type_retired', { status: 409 });
    checkLabel(before, row.name, spec);
    if (spec.unique && !row.spec.unique) await checkUnique(change, before, row.name);
    const position = patch.position ?? row.position;
    await sql`update custom_field set spec = ${JSON.stringify(spec)}::jsonb, position = ${position}, retired_at = null,
      problem = null, preparing = '{}', version = version + 1, updated_at = ${change.ctx.now},
      updated_by = ${change.ctx.principal.userId} where id = ${id}`.execute(change.ctx.db);
    const after = await change.reread();
    const [entity, field] = declared(after, row.entity, row.name);
    const formerly = before.fields[row.name];
    const needs = new Set(row.preparing);
    if (!formerly || indexNames(before, formerly).join() !== indexNames(entity, field).join())
      needs.add('index');
    if (field.sortColumn && !formerly?.sortColumn) needs.add('sort');
    if (field.search !== formerly?.search) needs.add('search');
    await setPreparing(change, id, [...needs]);
    await audit(
      change,
      row.retired_at ? 'restore' : 'update',
      id,
      { ...row.spec, position: row.position },
      { ...spec, position },
    );
    if (needs.has('sort')) {
      const key = fieldColumns(field).find((column) => column.name === field.sortColumn)!;
      await change.ddl(`alter table "${entity.table}" add column if not exists ${columnDdl(key)}`);
    }
    return rowOf(await change.reread(), id);
  });
}

async function checkUnique({ ctx }: Change, entity: Entity, name: string): Promise<void> {
  const column = sql.ref(entity.fields[name]?.column ?? 'id');
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::integer as n from (select from ${sql.table(entity.table)}
    where deleted_at is null and ${column} is not null group by ${column} having count(*) > 1) twice`.execute(
    ctx.db,
  );
  const count = rows[0]?.n ?? 0;
  if (count > 0) throw problem('values_not_unique', { status: 409, params: { count }, extra: { count } });
}

/** Takes a field out of use; its values stay and it can be brought back. */
export async function retireField(
  ctx: Context,
  living: LivingRegistry,
  id: string,
  version: number | null,
): Promise<FieldRow> {
  return changeRegistry(ctx, living, async (change) => {
    const row = rowOf(change, id);
    checkVersion(row, version, () => fieldAnswer(row));
    const preparing: Preparation[] = row.spec.searchable ? ['search'] : [];
    await sql`update custom_field set retired_at = ${change.ctx.now}, preparing = ${preparing}::text[], version = version + 1,
      updated_at = ${change.ctx.now}, updated_by = ${change.ctx.principal.userId} where id = ${id}`.execute(
      change.ctx.db,
    );
    await audit(change, 'delete', id, { ...row.spec }, null);
    return rowOf(await change.reread(), id);
  });
}

/**
 * Destroys a retired field with its values. `confirm` is the number of records that have one, so that nobody loses more
 * than he was told.
 */
export async function eraseField(
  ctx: Context,
  living: LivingRegistry,
  id: string,
  confirm: number | null,
): Promise<void> {
  await changeRegistry(ctx, living, async (change) => {
    const row = rowOf(change, id);
    if (!row.retired_at) throw problem('retire_first', { status: 409 });
    const { entity, field } = former(living, change.rows, row);
    const count = entity ? await countValues(change.ctx.db, entity, field) : 0;
    if (confirm !== count)
      throw problem('erase_needs_confirmation', { status: 409, params: { count }, extra: { count } });
    await sql`update custom_field set erased_at = ${change.ctx.now}, preparing = '{}' where id = ${id}`.execute(
      change.ctx.db,
    );
    await audit(change, 'erase', id, { ...row.spec, values: count }, null);
    if (!entity) return;
    const columns = fieldColumns(field).map(({ name }) => name);
    // The key column stays behind when a field was sortable once.
    const drops = [...new Set([...columns, `${field.column}_key`])].map(
      (name) => `drop column if exists "${name}"`,
    );
    await change.ddl(`alter table "${entity.table}" ${drops.join(', ')}`);
  });
}

/** A field as it is or was declared, whatever is retired, to know its table and columns. */
export function former(
  living: LivingRegistry,
  rows: Customisations,
  row: FieldRow,
): { entity: Entity | undefined; field: Field } {
  const types = rows.types.map((type) => ({ ...type, retired_at: null }));
  const fields = rows.fields.map((each) => (each.id === row.id ? { ...each, retired_at: null } : each));
  const entity = living.build({ ...rows, types, fields }).byName.get(row.entity);
  return { entity, field: entity?.fields[row.name] as Field };
}

export function rowOf(change: Pick<Change, 'rows'>, id: string): FieldRow {
  const row = change.rows.fields.find((each) => each.id === id);
  if (!row) throw notFound();
  return row;
}

/** Throws unless the version is the one the caller saw; the conflict carries what stands now. */
export function checkVersion(row: { version: number }, version: number | null, current: () => object): void {
  if (version !== null && row.version !== version)
    throw problem('definition_conflict', { status: 412, extra: { current: current() } });
}

async function setPreparing({ ctx }: Change, id: string, preparing: Preparation[]): Promise<void> {
  await sql`update custom_field set preparing = ${preparing}::text[] where id = ${id}`.execute(ctx.db);
}

/** What was said of a field or record type before and after, as an entry of the audit. */
export async function audit(
  { ctx }: Change,
  action: string,
  id: string,
  before: object | null,
  after: object | null,
  entity = 'customField',
): Promise<void> {
  const [old, now] = [before, after].map((each) => (each ?? {}) as Record<string, unknown>);
  const keys = [...new Set([...Object.keys(old!), ...Object.keys(now!)])].filter(
    (key) => JSON.stringify(old![key]) !== JSON.stringify(now![key]),
  );
  const changes = Object.fromEntries(
    keys.map((key) => [key, { before: old![key] ?? null, after: now![key] ?? null }]),
  );
  await writeAudit(ctx, { action, entity, recordId: id, changes });
}

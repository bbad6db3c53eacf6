import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { tableDdl } from '../db/plan.ts';
import { uuidv7 } from '../db/uuid.ts';
import type { Row } from '../entity/behaviour.ts';
import { invalid, notFound, problem } from '../errors/problem.ts';
import { writeTimeline } from '../timeline/timeline.ts';
import { typeAnswer } from './answers.ts';
import { type Change, changeRegistry } from './change.ts';
import { addField, audit, checkVersion } from './fields.ts';
import type { TypeInput, TypePatch } from './input.ts';
import { freeName, nameFrom, pluralOf, prefixed } from './names.ts';
import type { LivingRegistry } from './registry.ts';
import type { TypeDefinition, TypeRow } from './rows.ts';
import { eraseTypeTraces } from './traces.ts';
import { countRecords } from './usage.ts';

const MOST_TYPES = 100;

/** Makes a record type: a real table with number, indexes, list, file page, rights and API, there at once. */
export async function createType(ctx: Context, living: LivingRegistry, input: TypeInput): Promise<TypeRow> {
  return changeRegistry(ctx, living, async (change) => {
    const { rows } = change;
    if (rows.types.length >= MOST_TYPES)
      throw problem('too_many_record_types', { params: { max: MOST_TYPES } });
    const spec = newType(input);
    checkType(change, spec);
    checkLabel(change, null, spec);
    const name = nameOf(change, input);
    const id = uuidv7();
    await sql`insert into record_type (id, name, plural, spec, created_at, updated_at, created_by, updated_by)
      values (${id}, ${name}, ${pluralOf(name)}, ${JSON.stringify(spec)}::jsonb, ${change.ctx.now}, ${change.ctx.now},
        ${change.ctx.principal.userId}, ${change.ctx.principal.userId})`.execute(change.ctx.db);
    await audit(change, 'create', id, null, { name, ...spec }, 'recordType');
    const after = await change.reread();
    await after.ddl(...tableDdl(after.entity(name)!));
    for (const [index, field] of (input.fields ?? []).entries())
      await addFirst(await after.reread(), name, field, index);
    // A new table is empty: nothing has to be built beside running work.
    await buildAtOnce(await after.reread(), name);
    return typeOf(await after.reread(), id);
  });
}

/** A field of the creation's list; its problems carry its place in the list. */
async function addFirst(
  change: Change,
  entity: string,
  field: NonNullable<TypeInput['fields']>[number],
  index: number,
) {
  try {
    await addField(change, entity, field);
  } catch (error) {
    const { errors } = error as { errors?: { path: string }[] };
    for (const each of errors ?? []) each.path = `fields.${index}.${each.path}`;
    throw error;
  }
}

async function buildAtOnce(change: Change, name: string): Promise<void> {
  const { db } = change.ctx;
  await sql`update custom_field set preparing = '{}' where entity = ${name}`.execute(db);
  const after = await change.reread();
  await after.ddl(
    ...tableDdl(after.entity(name)!)
      .filter((ddl) => /^create (unique )?index/.test(ddl))
      .map((ddl) => ddl.replace(' index ', ' index if not exists ')),
  );
}

function newType({
  label,
  titleLabel,
  scope,
  parent,
  numberPrefix,
  timeline,
  icon,
}: TypeInput): TypeDefinition {
  return {
    label,
    titleLabel: titleLabel ?? { zh: '名称', en: 'Name' },
    scope,
    ...(parent ? { parent } : {}),
    ...(numberPrefix ? { numberPrefix } : {}),
    ...(timeline ? { timeline } : {}),
    ...(icon ? { icon } : {}),
  };
}

function checkType(change: Change, { scope, parent, timeline }: TypeDefinition): void {
  if (scope === 'child') {
    if (!parent) throw invalid([{ path: 'parent', code: 'required' }]);
    if (change.entity(parent)?.scope.kind !== 'own')
      throw invalid([{ path: 'parent', code: 'not_a_parent' }]);
  } else if (parent || timeline) {
    throw invalid([{ path: parent ? 'parent' : 'timeline', code: 'not_for_this_scope' }]);
  }
}

function checkLabel(change: Change, own: string | null, { label }: TypeDefinition): void {
  const same = change.ctx.registry.entities.find(
    (entity) => entity.name !== own && (entity.label.zh === label.zh || entity.label.en === label.en),
  );
  if (same) {
    const errors = [{ path: 'label', code: 'label_taken', params: { field: same.name } }];
    throw problem('label_taken', { status: 409, params: { field: same.name }, errors });
  }
}

function nameOf({ ctx, rows }: Change, input: TypeInput): string {
  const { byName, byPlural } = ctx.registry;
  const taken = (name: string) =>
    rows.taken.includes(name) ||
    rows.types.some((type) =>
      [type.name, type.plural].some((each) => each === name || each === pluralOf(name)),
    );
  if (!input.name) return freeName(nameFrom(input.label, 'record'), taken);
  const name = prefixed(input.name);
  const plain = name.slice(2);
  if ([plain, pluralOf(plain)].some((each) => byName.has(each) || byPlural.has(each))) {
    throw invalid([{ path: 'name', code: 'reserved_name' }]);
  }
  if (taken(name))
    throw problem('not_unique', { status: 409, errors: [{ path: 'name', code: 'not_unique' }] });
  return name;
}

/** Changes a record type or brings a retired one back. Whose records it holds — its scope — never changes. */
export async function changeType(
  ctx: Context,
  living: LivingRegistry,
  id: string,
  patch: TypePatch,
  version: number | null,
): Promise<TypeRow> {
  return changeRegistry(ctx, living, async (change) => {
    const row = typeOf(change, id);
    checkVersion(row, version, () => typeAnswer(row, change.rows.fields));
    if (row.retired_at && patch.retired !== false) throw problem('record_type_retired', { status: 409 });
    const { retired: _, icon, ...rest } = patch;
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const spec: TypeDefinition = {
      ...row.spec,
      ...given,
      ...(icon === undefined ? {} : { icon: icon ?? undefined }),
    };
    if (spec.numberPrefix && !row.spec.numberPrefix)
      throw invalid([{ path: 'numberPrefix', code: 'only_at_creation' }]);
    checkType(change, spec);
    checkLabel(change, row.name, spec);
    await store(change, row, spec, null);
    await audit(change, row.retired_at ? 'restore' : 'update', id, row.spec, spec, 'recordType');
    const after = await change.reread();
    const restored = row.retired_at !== null;
    if (restored) {
      // What was asked for while it was out of use is built now; search forgot its fields.
      await sql`update custom_field set preparing = '{index,sort,search}' where entity = ${row.name} and retired_at is null`.execute(
        change.ctx.db,
      );
    }
    if (restored || spec.timeline !== row.spec.timeline) await retell(await after.reread(), row.name);
    return typeOf(await after.reread(), id);
  });
}

async function store(
  { ctx }: Change,
  row: TypeRow,
  spec: TypeDefinition,
  retiredAt: string | null,
): Promise<void> {
  await sql`update record_type set spec = ${JSON.stringify(spec)}::jsonb, retired_at = ${retiredAt}, version = version + 1,
    updated_at = ${ctx.now}, updated_by = ${ctx.principal.userId} where id = ${row.id}`.execute(ctx.db);
}

const BATCH = 2000;

/** Puts all records of a type on the timelines of the records they hang on, or takes them off. */
async function retell({ ctx, entity: find }: Change, name: string): Promise<void> {
  await sql`delete from timeline where entity = ${name}`.execute(ctx.db);
  const entity = find(name);
  if (!entity?.timeline) return;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await sql<Row>`select * from ${sql.table(entity.table)}
      where id > ${after} and deleted_at is null order by id limit ${BATCH}`.execute(ctx.db);
    await writeTimeline(ctx, entity, rows);
    if (rows.length < BATCH) return;
    after = rows.at(-1)!.id as string;
  }
}

/** Takes a record type out of use: nobody sees it, its records stay and it can be brought back. */
export async function retireType(
  ctx: Context,
  living: LivingRegistry,
  id: string,
  version: number | null,
): Promise<TypeRow> {
  return changeRegistry(ctx, living, async (change) => {
    const row = typeOf(change, id);
    checkVersion(row, version, () => typeAnswer(row, change.rows.fields));
    refuseReferred(change, row, (each) => !each.retired_at);
    await store(change, row, row.spec, change.ctx.now);
    await sql`delete from timeline where entity = ${row.name}`.execute(change.ctx.db);
    await audit(change, 'delete', id, row.spec, null, 'recordType');
    return typeOf(await change.reread(), id);
  });
}

/** Fields and record types that point to it hold it fast. */
function refuseReferred(
  { rows }: Change,
  row: TypeRow,
  counts: (each: { retired_at: string | null }) => boolean,
): void {
  const fields = rows.fields.filter(
    (field) => field.spec.to === row.name && field.entity !== row.name && counts(field),
  );
  const types = rows.types.filter((type) => type.spec.parent === row.name && counts(type));
  if (fields.length + types.length === 0) return;
  const names = [
    ...fields.map((field) => `${field.entity}.${field.name}`),
    ...types.map((type) => type.name),
  ];
  throw problem('record_type_in_use', {
    status: 409,
    params: { names: names.join(', ') },
    extra: { references: names },
  });
}

/** Destroys a retired record type with its records. `confirm` is how many there are. */
export async function eraseType(
  ctx: Context,
  living: LivingRegistry,
  id: string,
  confirm: number | null,
): Promise<void> {
  await changeRegistry(ctx, living, async (change) => {
    const row = typeOf(change, id);
    if (!row.retired_at) throw problem('retire_first', { status: 409 });
    refuseReferred(change, row, () => true);
    const { db } = change.ctx;
    const count = await countRecords(db, row.name);
    if (confirm !== count)
      throw problem('erase_needs_confirmation', { status: 409, params: { count }, extra: { count } });
    await eraseTypeTraces(db, row.name);
    await sql`delete from custom_field where entity = ${row.name}`.execute(db);
    await sql`update record_type set erased_at = ${change.ctx.now} where id = ${id}`.execute(db);
    await audit(change, 'erase', id, { ...row.spec, records: count }, null, 'recordType');
    await change.ddl(`drop table "${row.name}"`, `drop sequence if exists "${row.name}_number_seq"`);
  });
}

export function typeOf(change: Pick<Change, 'rows'>, id: string): TypeRow {
  const row = change.rows.types.find((each) => each.id === id);
  if (!row) throw notFound();
  return row;
}

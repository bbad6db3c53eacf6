import { type RawBuilder, sql } from 'kysely';
import { scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import type { FieldProblem } from '../errors/problem.ts';
import { type Draft, draftValue, type Row } from './behaviour.ts';
import { entityNamed } from './registry.ts';
import type { Entity, Field } from './types.ts';

type Values = Record<string, unknown>;
type Found = ReadonlyMap<string, ReadonlyMap<string, Row>>;

const idsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];

/** Fields that name what must belong to the record another field names, with that one. */
const pairsOf = (entity: Entity): [field: Field, of: Field][] =>
  entity.fieldList.flatMap((field): [Field, Field][] => {
    const of = field.belongsTo ? entity.fields[field.belongsTo] : undefined;
    return of ? [[field, of]] : [];
  });

/** The fields by which a record of one type belongs to records of another: the company of a contact, and its further ones. */
const ties = (target: Entity, to: string | undefined): Field[] =>
  target.fieldList.filter((field) => field.to === to);

/** The columns of a target that say what it belongs to, where fields of the record type ask for that. */
export function tieColumns(entity: Entity, target: Entity): RawBuilder<unknown>[] {
  const fields = pairsOf(entity).flatMap(([field, of]) =>
    field.to === target.name ? ties(target, of.to) : [],
  );
  return [...new Set(fields.map(({ column }) => column))].map((column) => sql.ref(`t.${column}`));
}

/** What a change of the one field makes worth looking up of the other, by record type. */
export function keptTargets(entity: Entity, { before, values }: Draft): [to: string, id: string][] {
  if (!before) return [];
  return pairsOf(entity).flatMap(([field, of]) =>
    values[of.name] && !(field.name in values)
      ? idsIn(before[field.column]).map((id): [string, string] => [field.to as string, id])
      : [],
  );
}

/** What belongs to nothing yet belongs to whatever it is named with. */
function belongs(row: Row, target: Entity, of: Field, owner: string): boolean {
  const owners = ties(target, of.to).flatMap(({ column }) => idsIn(row[column]));
  return owners.length === 0 || owners.includes(owner);
}

/** Marks what belongs to another than the record says, as a field error; what stood there before and stays is left alone. */
export function markStrangers(ctx: Context, entity: Entity, draft: Draft, found: Found): void {
  for (const [field, of] of pairsOf(entity)) {
    const owner = draftValue(draft, of.name, of.column);
    if (typeof owner !== 'string') continue;
    const target = entityNamed(ctx.registry, field.to as string);
    const moved = !draft.before || draft.before[of.column] !== owner;
    const kept = moved ? [] : idsIn(draft.before?.[field.column]);
    const strange = idsIn(draftValue(draft, field.name, field.column)).some((id) => {
      const row = kept.includes(id) ? undefined : found.get(target.name)?.get(id);
      return row && !belongs(row, target, of, owner);
    });
    if (strange) draft.problems.push(told(ctx, field, of));
  }
}

function told(ctx: Context, field: Field, of: Field): FieldProblem {
  const { language } = ctx.principal;
  const params = { what: field.label[language], of: of.label[language] };
  return { path: field.name, code: 'belongs_to_another', params };
}

/** Of these values the fields that name what belongs to another, each with what does. */
async function strange(ctx: Context, type: string, values: Values): Promise<[Field, Field, Set<string>][]> {
  const all: [Field, Field, Set<string>][] = [];
  for (const [field, of] of pairsOf(entityNamed(ctx.registry, type))) {
    const [ids, owner] = [idsIn(values[field.name]), values[of.name]];
    if (ids.length === 0 || typeof owner !== 'string') continue;
    const target = entityNamed(ctx.registry, field.to as string);
    const columns = ties(target, of.to).map(({ column }) => sql.ref(`t.${column}`));
    const { rows } = await sql<
      Row & { id: string }
    >`select ${sql.join([sql`t.id`, ...columns])} from ${sql.table(target.table)} t
      where t.id = any(${ids}::uuid[])
        and ${scopeCondition(target, ctx.policies.for(target.name).scope('read'), ctx.principal)}`.execute(
      ctx.db,
    );
    const others = rows.filter((row) => !belongs(row, target, of, owner));
    if (others.length) all.push([field, of, new Set(others.map(({ id }) => id))]);
  }
  return all;
}

/** What of these values a record of the type would refuse because it belongs to another. */
export const strangersIn = async (ctx: Context, type: string, values: Values): Promise<FieldProblem[]> =>
  (await strange(ctx, type, values)).map(([field, of]) => told(ctx, field, of));

/** Values taken from an older record, without what belongs to another by now: nobody is held up by who has moved on since. */
export async function withoutStrangers<T extends Values>(ctx: Context, type: string, values: T): Promise<T> {
  const left = (await strange(ctx, type, values)).map(([{ name }, , others]) => {
    const value = values[name];
    return [name, Array.isArray(value) ? value.filter((id) => !others.has(id)) : null];
  });
  return { ...values, ...Object.fromEntries(left) };
}

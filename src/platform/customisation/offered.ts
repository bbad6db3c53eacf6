import { sql } from 'kysely';
import type { Context, Db } from '../context/context.ts';
import type { ChoiceOption, EntitySpec, FieldSpec } from '../entity/types.ts';
import { META_CHANNEL } from './watch.ts';

/**
 * Says which options a declared choice has, where the company makes them on a page of the module's own: grades, stages. Every
 * process takes them up as it does new fields.
 * @param field `customer.grade`
 */
export async function offerOptions(
  { db }: Pick<Context, 'db'>,
  field: string,
  options: readonly ChoiceOption[],
): Promise<void> {
  const written = await sql`insert into offered_options as o (field, options)
    values (${field}, ${JSON.stringify(options)}::jsonb) on conflict (field) do update set options = excluded.options
    where o.options is distinct from excluded.options returning field`.execute(db);
  if (written.rows.length) await raiseVersion(db);
}

async function raiseVersion(db: Db): Promise<void> {
  await sql`update registry_state set version = version + 1`.execute(db);
  await sql`select pg_notify(${META_CHANNEL}, '')`.execute(db);
}

/** Declared record types whose choices have the options the company has made. */
export function withOffered(
  declared: readonly EntitySpec[],
  offered: Readonly<Record<string, readonly ChoiceOption[]>>,
): EntitySpec[] {
  return declared.map((spec) => {
    const own = Object.keys(offered).filter((key) => key.startsWith(`${spec.name}.`));
    if (own.length === 0) return spec;
    const given = (fields: Record<string, FieldSpec>) =>
      Object.fromEntries(
        Object.entries(fields).map(([name, field]) => {
          const options = offered[`${spec.name}.${name}`];
          return [name, options ? { ...field, options } : field];
        }),
      );
    return { ...spec, fields: given(spec.fields), ...(spec.facts ? { facts: given(spec.facts) } : {}) };
  });
}

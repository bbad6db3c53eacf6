import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { factTable, fieldColumns } from '../entity/columns.ts';
import { entityNamed } from '../entity/registry.ts';
import type { Field } from '../entity/types.ts';
import { emit } from '../events/events.ts';
import type { FactSpec } from './fact.ts';

const EVENT_IDS = 1000;

/**
 * Derives the facts of records anew and writes those that differ, all of them by one statement. Who follows them is told by
 * `<entity>.facts` events naming the fact. Gives the ids of the records whose facts changed.
 */
export async function refreshFacts(ctx: Context, spec: FactSpec, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const entity = entityNamed(ctx.registry, spec.entity);
  const fields = entity.factList.filter((field) => field.name in spec.fields);
  const columns = fields.flatMap((field) => columnsOf(field, ctx.currency));
  const names = columns.map(({ name }) => name);
  const list = (prefix: string) => sql.join(names.map((name) => sql.ref(`${prefix}.${name}`)));
  return inTransaction(ctx, async (inner) => {
    const query = await spec.compute(inner, ids);
    const { rows } = await sql<{ id: string }>`insert into ${sql.table(factTable(entity))} as f
        (id, ${sql.join(names.map((name) => sql.ref(name)))})
      select r.id, ${sql.join(columns.map(({ value }) => value))}
      from ${sql.table(entity.table)} r left join (${query}) c on c.id = r.id
      where r.id = any(${ids}::uuid[]) order by r.id
      on conflict (id) do update set ${sql.join(
        names.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`),
      )}
      where (${list('f')}) is distinct from (${list('excluded')})
      returning id`.execute(inner.db);
    const changed = rows.map(({ id }) => id);
    for (let at = 0; at < changed.length; at += EVENT_IDS) {
      await emit(inner, {
        name: `${entity.name}.facts`,
        entity: entity.name,
        recordIds: changed.slice(at, at + EVENT_IDS),
        payload: { fact: spec.name, fields: fields.map(({ name }) => name) },
      });
    }
    return changed;
  });
}

/** A field's columns with what is written there, from the query `c`. */
function columnsOf(field: Field, currency: string) {
  const own = sql.ref(`c.${field.column}`);
  return (
    fieldColumns(field)
      // Of money the rate is not derived.
      .filter(({ name }) => field.kind !== 'money' || !/_rate(_date)?$/.test(name))
      .map(({ name }) => ({
        name,
        value:
          field.kind === 'money' && name.endsWith('_currency')
            ? sql`case when ${own} is null then null else ${currency} end`
            : // Lists are never null; what was not derived is an empty one.
              field.kind === 'references' || field.kind === 'multiChoice'
              ? sql`coalesce(${own}, '{}')`
              : own,
      }))
  );
}

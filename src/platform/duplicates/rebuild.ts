import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import type { Row } from '../entity/behaviour.ts';
import type { Entity } from '../entity/types.ts';
import { rowKeys } from './keys.ts';
import { enterKeys } from './store.ts';

const PAGE = 5000;
const SAMPLE = 200;

/** Of the newest records, how many lack keys they should bear: after the rules of a type have changed, or its data came past the house. */
export async function recordsWithoutKeys(ctx: Context, entity: Entity): Promise<number> {
  if (!entity.duplicates) return 0;
  const { rows } =
    await sql<Row>`select * from ${sql.table(entity.table)} where deleted_at is null order by id desc limit ${SAMPLE}`.execute(
      ctx.db,
    );
  const wanted = rows.flatMap((row) =>
    rowKeys(entity, row).map(({ key }) => ({ key, id: row.id as string })),
  );
  const { rows: missing } = await sql<{ n: number }>`
    select count(distinct w.id) as n from unnest(${wanted.map(({ key }) => key)}::bigint[], ${wanted.map(({ id }) => id)}::uuid[]) as w(key, id)
    where not exists (select from duplicate_key d where d.key = w.key and d.record_id = w.id)`.execute(
    ctx.db,
  );
  return missing[0]?.n ?? 0;
}

/** Makes all keys of a record type anew, page by page; work goes on meanwhile. Gives the number of records. */
export async function rebuildKeys(ctx: Context, entity: Entity): Promise<number> {
  if (!entity.duplicates) return 0;
  // Those of rows an import knows again follow from no rule and stay.
  await sql`delete from duplicate_key where entity = ${entity.name} and kind <> 'row'`.execute(ctx.db);
  let after = '00000000-0000-0000-0000-000000000000';
  for (let done = 0; ; ) {
    const rows = await inTransaction(ctx, async (inner) => {
      const page =
        await sql<Row>`select * from ${sql.table(entity.table)} where id > ${after} and deleted_at is null order by id limit ${PAGE}`.execute(
          inner.db,
        );
      await enterKeys(inner, entity, page.rows);
      return page.rows;
    });
    done += rows.length;
    if (rows.length < PAGE) return done;
    after = rows.at(-1)?.id as string;
  }
}

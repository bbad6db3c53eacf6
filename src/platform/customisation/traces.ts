import { sql } from 'kysely';
import type { Db } from '../context/context.ts';
import { ERASED_STATUS } from '../entity/traces.ts';

/** Tables whose rows tell of one record type each; the rows of an import go with it. */
const OF_A_TYPE = [
  'undo_set',
  'record_share',
  'search_doc',
  'duplicate_key',
  'duplicate_block',
  'duplicate_pair',
  'record_merge',
  'record_alias',
  'notification',
  'timeline',
  'import',
  'import_row',
  'import_mapping',
  'export',
  'saved_view',
  'comment',
  'follow',
  'notification',
] as const;

const ANY_ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** Takes all that is remembered of a record type's records out of every table but its own, before that is dropped. */
export async function eraseTypeTraces(db: Db, name: string): Promise<void> {
  const ids = sql`(select id from ${sql.table(name)})`;
  await sql`delete from audit_value where record_id in ${ids}`.execute(db);
  for (const table of OF_A_TYPE)
    await sql`delete from ${sql.table(table)} where entity = ${name}`.execute(db);
  await sql`delete from timeline where root_entity = ${name}`.execute(db);
  await sql`update job set result = null where entity = ${name}`.execute(db);
  await sql`update idempotency set body = null, status = ${ERASED_STATUS}
    where exists (select from regexp_matches(body::text, ${ANY_ID}, 'g') as m(id) where m.id[1]::uuid in ${ids})`.execute(
    db,
  );
}

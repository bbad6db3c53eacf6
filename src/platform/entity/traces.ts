import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { addJob } from '../jobs/job.ts';
import type { Row } from './behaviour.ts';
import type { Entity } from './types.ts';

/** Records of one type that go for good. */
export interface Erased {
  entity: Entity;
  rows: readonly Row[];
}

/** Search classes whose values say who is meant. */
const TELLING = new Set(['name', 'phone', 'mail', 'tax']);
/** Left in place of a kept answer: the request was done, what it told of is gone. */
export const ERASED_STATUS = 410;

/**
 * Takes the values of erased records out of everything that remembers them beside the records themselves: audit, the journals
 * of imports, kept answers, results of jobs, files taken out. That something was done remains, without what it was done to.
 */
export async function eraseTraces(ctx: Context, groups: readonly Erased[]): Promise<void> {
  const ids = groups.flatMap(({ rows }) => rows.map((row) => row.id as string));
  const values = [...new Set(groups.flatMap(tellingValues))];
  await sql`delete from audit_value where record_id = any(${ids}::uuid[])`.execute(ctx.db);
  await eraseFromImports(ctx, ids, values);
  // What stood in an answer or result is found by the id beside it, or as a whole value.
  const needles = [...ids, ...values.map((value) => JSON.stringify(value))];
  const tells = (column: string) =>
    sql`exists (select from unnest(${needles}::text[]) n where strpos(${sql.ref(column)}::text, n) > 0)`;
  await sql`update idempotency set body = null, status = ${ERASED_STATUS} where body is not null and ${tells('body')}`.execute(
    ctx.db,
  );
  await sql`update job set result = null where result is not null and ${tells('result')}`.execute(ctx.db);
  await eraseFromNotifications(ctx, ids, tells('params'));
  // Answers of reports are worked out again.
  await sql`delete from analysis_answer`.execute(ctx.db);
  await sql`delete from duplicate_block where record_id = any(${ids}::uuid[])`.execute(ctx.db);
  await sql`delete from duplicate_pair where a = any(${ids}::uuid[]) or b = any(${ids}::uuid[])`.execute(
    ctx.db,
  );
  await sql`update record_merge set given = '{}', marks = '[]'
    where into_id = any(${ids}::uuid[]) or sources && ${ids}::uuid[]`.execute(ctx.db);
  await eraseFromApprovals(ctx, ids, values);
  await withdrawExports(ctx, groups, values);
}

/**
 * What was told of them, and the mails that wait with it. What else such a mail was to tell is written anew, into one that
 * tells nothing of them.
 */
async function eraseFromNotifications(
  ctx: Context,
  ids: string[],
  tells: RawBuilder<unknown>,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`delete from notification
    where record_id = any(${ids}::uuid[]) or ${tells} returning id`.execute(ctx.db);
  const gone = [...ids, ...rows.map(({ id }) => id)];
  const { rows: mails } = await sql<{ about: string[] }>`with dropped as (
      select id, about from mail_message where content is not null and about && ${gone}::uuid[] for update
    )
    update mail_message m set content = null, about = '{}', state = 'failed', answer = 'erased', finished_at = ${ctx.now}
    from dropped d where d.id = m.id returning d.about`.execute(ctx.db);
  if (mails.length === 0) return;
  await sql`update notification set mailed_at = null where id = any(${mails.flatMap(({ about }) => about)}::uuid[])
    and read_at is null`.execute(ctx.db);
  await addJob(ctx, 'notification.mail', {}, { key: 'now' });
}

/** That something was decided remains, with who decided; what it was about and what was said of it does not. */
async function eraseFromApprovals(ctx: Context, ids: string[], values: string[]): Promise<void> {
  const named = sql`exists (select from unnest(${values}::text[]) v where strpos(title, v) > 0
    or strpos(lines::text, v) > 0 or strpos(input::text, v) > 0 or strpos(values::text, v) > 0
    or strpos(coalesce(comment, ''), v) > 0)`;
  await sql`with emptied as (
      update approval set title = '', lines = '[]', input = '{}', values = '{}', comment = null
      where record_id = any(${ids}::uuid[]) or former && ${ids}::uuid[] or (record_id is null and ${named})
      returning id
    ) update approval_history h set comment = null from emptied where h.approval_id = emptied.id`.execute(
    ctx.db,
  );
}

/** Values by which a person is recognised wherever they stand; phones also as most people write them. */
function tellingValues({ entity, rows }: Erased): string[] {
  const fields = entity.fieldList.filter(({ search }) => search && TELLING.has(search));
  return rows.flatMap((row) =>
    fields.flatMap((field) => {
      const found = [row[field.column] ?? []].flat().map(String).filter(Boolean);
      return field.search === 'phone' ? [...found, ...found.map(withoutPrefix)] : found;
    }),
  );
}

const withoutPrefix = (phone: string) => phone.replace(/\D/g, '').replace(/^(00)?86(?=1\d{10}$)/, '');

/**
 * Rows of imports that made, changed or meant the records, and rows that failed and bear their name, phone, mail or tax number.
 * The journal goes on to say that there was a row; taking the import back passes over it.
 */
async function eraseFromImports(ctx: Context, ids: string[], values: string[]): Promise<void> {
  const { rows } = await sql<{ import_id: string }>`with own as (
      update import_row set before = null, cells = null, reasons = null, mark = null
      where record_id = any(${ids}::uuid[]) returning import_id
    ), alike as (
      update import_row set cells = null, reasons = null
      where outcome = 'failed' and cells ?| ${values}::text[] and (record_id is null or record_id <> all(${ids}::uuid[]))
      returning import_id
    )
    select import_id from own union select import_id from alike`.execute(ctx.db);
  await sql`delete from duplicate_key where kind = 'row' and record_id = any(${ids}::uuid[])`.execute(ctx.db);
  const imports = rows.map((row) => row.import_id);
  await sql`update import set erasures = erasures + 1 where id = any(${imports}::uuid[])`.execute(ctx.db);
  await sql`update import set conflicts = (select jsonb_agg(c) from jsonb_array_elements(conflicts) c
      where c->>'id' <> all(${ids}::text[]))
    where exists (select from jsonb_array_elements(conflicts) c where c->>'id' = any(${ids}::text[]))`.execute(
    ctx.db,
  );
  // Names to be made are still needed by an import that has not ended.
  const quoted = values.map((value) => JSON.stringify(value));
  await sql`update import set checked = checked || '{"missing": {}, "unresolved": {}, "matched": {}}'
    where state in ('done', 'undone', 'failed')
      and exists (select from unnest(${quoted}::text[]) n where strpos(checked::text, n) > 0)`.execute(
    ctx.db,
  );
}

/** Files that may hold the records, of their type or of one that names them; a job removes the files. */
async function withdrawExports(
  ctx: Context,
  groups: readonly Erased[],
  values: readonly string[],
): Promise<void> {
  const names = groups.flatMap(({ entity }) => [
    entity.name,
    ...(ctx.registry.referrers.get(entity.name) ?? []).map((referrer) => referrer.entity.name),
  ]);
  // One that waits or failed has no file, but says by what it was to look.
  await sql`delete from export where (entity = any(${names}::text[]) and state in ('running', 'done'))
    or exists (select from unnest(${[...values]}::text[]) v where strpos(query::text, v) > 0)`.execute(
    ctx.db,
  );
  await addJob(ctx, 'export.sweep', {});
}

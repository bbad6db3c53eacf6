import { type Kysely, sql } from 'kysely';
import { PREPARED } from '../db/connection.ts';
import { tokensFor } from './tokens.ts';
import type { SearchSource } from './types.ts';

/**
 * How long GIN's list of rows not yet merged may grow, in kB. Searches read that list row by row, so single writes keep it
 * short; a batch lets it grow and merges many rows at once, which is several times cheaper per row.
 */
const PENDING_SINGLE = '512kB';
const PENDING_BATCH = '64MB';
/** What one merge may sort in memory. */
const MEMORY_BATCH = '128MB';
const BATCH = 5000;
const SMALL = 20;

// biome-ignore lint/suspicious/noExplicitAny: search knows no tables but its own and runs inside any transaction.
type Database = Kysely<any>;

/** A list of lexemes as the input form of `tsvector`. */
function vectorText(tokens: readonly string[]): string {
  if (tokens.length === 0) return '';
  const text = tokens.join('\n');
  const escaped = /['\\]/.test(text) ? text.replace(/\\/g, '\\\\').replace(/'/g, "''") : text;
  return `'${escaped.replaceAll('\n', "' '")}'`;
}

/** PostgreSQL refuses NUL and broken surrogates are no text. */
const clean = (text: string) => text.replaceAll('\u0000', '').toWellFormed();

/**
 * Indexes records, in the caller's transaction; writes only what has changed. Returns how many rows were written. For more
 * than a few thousand records call {@link flushPending} once after the last batch.
 */
export async function upsertDocs(db: Database, docs: readonly SearchSource[]): Promise<number> {
  let written = 0;
  for (let from = 0; from < docs.length; from += BATCH)
    written += await upsertBatch(db, docs.slice(from, from + BATCH));
  return written;
}

async function upsertBatch(db: Database, docs: readonly SearchSource[]): Promise<number> {
  const columns = {
    entity: [] as string[],
    id: [] as string[],
    title: [] as string[],
    subtitle: [] as string[],
    folded: [] as string[],
    detail: [] as string[],
    coreStart: [] as number[],
    coreLength: [] as number[],
    tokens: [] as string[],
    owner: [] as (string | null)[],
    rootOwner: [] as (string | null)[],
    department: [] as (string | null)[],
    updatedAt: [] as (string | null)[],
  };
  // The same record twice in one statement would be an error; the later one counts.
  const distinct = new Map(docs.map((doc) => [`${doc.entity} ${doc.id}`, doc]));
  for (const doc of distinct.values()) {
    const set = tokensFor(doc);
    columns.entity.push(doc.entity);
    columns.id.push(doc.id);
    columns.title.push(clean(doc.title));
    columns.subtitle.push(clean(doc.subtitle ?? ''));
    columns.folded.push(clean(set.folded));
    columns.detail.push(clean(set.detail));
    columns.coreStart.push(set.coreStart);
    columns.coreLength.push(set.coreLength);
    columns.tokens.push(clean(vectorText(set.tokens)));
    columns.owner.push(doc.ownerId ?? null);
    columns.rootOwner.push(doc.rootOwnerId ?? null);
    columns.department.push(doc.departmentId ?? null);
    columns.updatedAt.push(doc.updatedAt ?? null);
  }
  const [pending, memory] = distinct.size > SMALL ? [PENDING_BATCH, MEMORY_BATCH] : [PENDING_SINGLE, null];
  const result = await sql`${sql.raw(PREPARED)}
    with limits as materialized (
      select set_config('gin_pending_list_limit', ${pending}, true), set_config('work_mem', coalesce(${memory}, current_setting('work_mem')), true))
    insert into search_doc as doc (entity, record_id, title, subtitle, folded, detail, core_start, core_length, tokens,
      owner_id, root_owner_id, department_id, updated_at)
    select entity, id, title, subtitle, folded, detail, core_start, core_length, tokens::tsvector, owner, root_owner,
      department, coalesce(updated_at, now())
    from limits, unnest(${columns.entity}::text[], ${columns.id}::uuid[], ${columns.title}::text[],
      ${columns.subtitle}::text[], ${columns.folded}::text[], ${columns.detail}::text[], ${columns.coreStart}::smallint[],
      ${columns.coreLength}::smallint[], ${columns.tokens}::text[], ${columns.owner}::uuid[],
      ${columns.rootOwner}::uuid[], ${columns.department}::uuid[], ${columns.updatedAt}::timestamptz[])
      as source (entity, id, title, subtitle, folded, detail, core_start, core_length, tokens, owner, root_owner,
        department, updated_at)
    on conflict (entity, record_id) do update set
      title = excluded.title, subtitle = excluded.subtitle, folded = excluded.folded, detail = excluded.detail,
      core_start = excluded.core_start, core_length = excluded.core_length, tokens = excluded.tokens,
      owner_id = excluded.owner_id, root_owner_id = excluded.root_owner_id,
      department_id = excluded.department_id, updated_at = excluded.updated_at
    where (doc.title, doc.subtitle, doc.folded, doc.detail, doc.tokens, doc.owner_id, doc.root_owner_id, doc.department_id)
      is distinct from (excluded.title, excluded.subtitle, excluded.folded, excluded.detail, excluded.tokens,
        excluded.owner_id, excluded.root_owner_id, excluded.department_id)`.execute(db);
  return Number(result.numAffectedRows ?? 0);
}

/** Takes records out of search, in the caller's transaction. */
export async function deleteDocs(db: Database, entity: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from search_doc where entity = ${entity} and record_id = any(${ids}::uuid[])`.execute(db);
}

/**
 * Merges the rows that batches left in GIN's pending list, so that searches are fast at once. Outside a transaction that
 * wrote them it is best called after its commit; harmless at any time.
 */
export async function flushPending(db: Database): Promise<void> {
  await sql`select gin_clean_pending_list('search_doc_tokens'::regclass)`.execute(db);
}

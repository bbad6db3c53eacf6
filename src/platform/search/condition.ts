import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Candidate, likePattern, verify } from './match.ts';
import { type ParsedQuery, parseContains, parseQuery } from './query.ts';
import { entityCode } from './tokens.ts';
import { renderQuery } from './tsquery.ts';
import type { SearchClass } from './types.ts';

// biome-ignore lint/suspicious/noExplicitAny: search knows no tables but its own.
type Database = Kysely<any>;

/** Up to here the matching ids are handed to the list; beyond, matches are dense and each listed row is probed. */
const MOST_IDS = 3000;

export interface ConditionTarget {
  entity: string;
  classes: readonly SearchClass[];
  /** The column that holds the record's id, e.g. sql.ref('customer.id'). */
  id: RawBuilder<unknown>;
}

/**
 * The condition of a list's `q=`. It matches what {@link searchDocs} would find, without scope: the list applies its own.
 * Undefined where nothing was typed. Few matches become a list of verified ids (fast under any order), many a probe of
 * each row by key (fast because matches are dense), so a list never reads all matches to show fifty.
 */
export async function searchCondition(
  db: Database,
  q: string,
  target: ConditionTarget,
): Promise<RawBuilder<SqlBool> | undefined> {
  const query = parseQuery(q, new Set(target.classes));
  return query.words.length === 0 ? undefined : conditionOf(db, query, target);
}

/**
 * A fast stand-in for `field contains needle` over the record's text of one class. It finds every record whose field holds
 * the needle and may find others (another name of the record), so the caller also compares the column itself where that
 * matters. Undefined where the index cannot help (fewer than four digits of a phone): the caller compares the column.
 */
export async function containsCondition(
  db: Database,
  needle: string,
  target: Omit<ConditionTarget, 'classes'> & { class: SearchClass },
): Promise<RawBuilder<SqlBool> | undefined> {
  const query = parseContains(needle, target.class);
  return query && conditionOf(db, query, { ...target, classes: [target.class] });
}

async function conditionOf(
  db: Database,
  query: ParsedQuery,
  { entity, classes, id }: ConditionTarget,
): Promise<RawBuilder<SqlBool>> {
  const [only] = query.words;
  const literal = query.words.length === 1 && only && (only.literal || only.noise);
  const pattern = literal ? likePattern(only.folded) : null;
  const tokens = query.any ? renderQuery(query.any, entityCode(entity)) : null;
  if (tokens) {
    const { rows } = await sql<Candidate>`
      select * from search_some(${entity}, ${tokens}::tsquery, ${pattern}, ${MOST_IDS + 1})`.execute(db);
    if (rows.length <= MOST_IDS) {
      const readable = new Set(classes);
      const found = literal ? rows : rows.filter((row) => verify(row, query, readable));
      return sql<SqlBool>`${id} = any(${found.map((row) => row.record_id)}::uuid[])`;
    }
  }
  return sql<SqlBool>`exists (
    select 1 from search_doc found
    where found.entity = ${entity} and found.record_id = ${id}
      and (${tokens}::text is null or found.tokens @@ ${tokens ?? ''}::tsquery)
      and (${pattern}::text is null or found.folded like ${pattern}))`;
}

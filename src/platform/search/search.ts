import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Candidate, compareVerified, likePattern, type Verified, verify } from './match.ts';
import { type ParsedQuery, parseQuery } from './query.ts';
import { departmentToken, entityCode, ownerToken } from './tokens.ts';
import { allOf, anyOf, renderQuery, type TokenQuery } from './tsquery.ts';
import type { SearchClass, SearchGroup, SearchItem, SearchRequest, SearchScope } from './types.ts';

// biome-ignore lint/suspicious/noExplicitAny: search knows no tables but its own.
type Database = Kysely<any>;

/** Rows verified per group; more matches than that are found tier by tier. */
const CANDIDATES = 200;
/** Of a frequent needle so many of the newest matches stand beside the best ones. */
const NEWEST_CANDIDATES = 80;
const PER_TIER = 120;
/** Where counting stops. */
const TOTAL_CAP = 1000;
/** Legal forms alone are looked for among the newest records only. */
const NEWEST = 5000;

interface Plan {
  entity: string;
  query: ParsedQuery;
  classes: ReadonlySet<SearchClass>;
  /** Rows the searcher may see, as tokens; undefined for all of them, 'none' for none but shared ones. */
  scope: TokenQuery | 'none' | undefined;
  shared: readonly string[];
  pattern: string | null;
}

type Row = Candidate & { entity: string; total: number };

/** The scope as tokens: owners and departments are tokens of every row. */
export function scopeQuery(scope: SearchScope): TokenQuery | 'none' | undefined {
  if (scope.all) return undefined;
  const owners = (scope.owners ?? []).map((id) => ({ token: ownerToken(id) }));
  const departments = (scope.departments ?? []).map((id) => ({ token: departmentToken(id) }));
  return anyOf([...owners, ...departments]) ?? 'none';
}

/**
 * Finds records by what people type. Every group holds only records within its scope, matched only in the classes given;
 * so do the totals. Groups without a result are left out; they stand in the order asked for.
 */
export async function searchDocs(db: Database, request: SearchRequest): Promise<{ groups: SearchGroup[] }> {
  const perEntity = Math.min(request.perEntityLimit ?? 10, CANDIDATES);
  const plans = request.entities.map(({ entity, scope, classes }): Plan => {
    const readable = new Set(classes);
    const query = parseQuery(request.q, readable);
    const [only] = query.words;
    return {
      entity,
      query,
      classes: readable,
      scope: scopeQuery(scope),
      shared: scope.all ? [] : (scope.recordIds ?? []),
      pattern:
        query.words.length === 1 && only && (only.literal || only.noise) ? likePattern(only.folded) : null,
    };
  });
  const active = plans.filter((plan) => plan.query.words.length > 0 && plan.classes.size > 0);
  const rows = await fetchRows(db, active.flatMap(firstParts));
  const full = active.filter((plan) => plan.query.any && isPartial(rows.get(plan.entity) ?? []));
  const tiers = await fetchRows(db, full.flatMap(tierParts));
  const groups: SearchGroup[] = [];
  let left = request.limit ?? 50;
  for (const plan of active) {
    const first = rows.get(plan.entity) ?? [];
    const found = verifyAll(plan, [...(tiers.get(plan.entity) ?? []), ...first]);
    if (found.length === 0) continue;
    const items = found.slice(0, Math.min(perEntity, left)).map(itemOf);
    left -= items.length;
    // Beyond the verified rows the index's count stands, up to the cap.
    const complete = !isPartial(first);
    const counted = Math.max(0, ...first.map((row) => row.total));
    const total = complete ? found.length : Math.max(found.length, counted);
    groups.push({ entity: plan.entity, items, total, totalIsExact: complete });
  }
  return { groups };
}

/** Whether more match than were read: -1 as total says that only the newest were looked at. */
const isPartial = (rows: Row[]) => rows.length >= CANDIDATES || rows.some((row) => row.total < 0);

/** The candidates of one group, each part a select of its own. */
function firstParts(plan: Plan): RawBuilder<unknown>[] {
  const { any } = plan.query;
  const parts: RawBuilder<unknown>[] = [];
  if (plan.scope !== 'none') parts.push(any || plan.scope ? candidates(plan, any) : newest(plan));
  if (plan.shared.length > 0) parts.push(sharedRows(plan, text(plan, any)));
  return parts;
}

/** For a frequent needle: those that bear it exactly, and those whose own name begins with it. */
function tierParts(plan: Plan): RawBuilder<unknown>[] {
  if (plan.scope === 'none') return [];
  const { words, any } = plan.query;
  const several = words.length > 1;
  const tiers = [
    several ? undefined : words[0]!.exact,
    anyOf(words.map((word) => word.coreStart && allOf([word.coreStart, several ? any : undefined]))),
  ];
  return tiers.flatMap((tier) => (tier ? [indexed(plan, tier)] : []));
}

const text = (plan: Plan, query: TokenQuery | 'none' | undefined): string | null =>
  query && query !== 'none' ? renderQuery(query, entityCode(plan.entity)) : null;

const candidates = (plan: Plan, query: TokenQuery | undefined) =>
  sql`select ${plan.entity}::text as entity, c.*
    from search_candidates(${plan.entity}, ${text(plan, query)}::tsquery, ${text(plan, plan.scope)}::tsquery,
      ${plan.pattern}, ${NEWEST_CANDIDATES}, ${CANDIDATES}, ${TOTAL_CAP}) c`;

const indexed = (plan: Plan, query: TokenQuery) =>
  sql`select ${plan.entity}::text as entity, c.*
    from search_indexed(${plan.entity}, ${text(plan, query)}::tsquery, ${text(plan, plan.scope)}::tsquery,
      null, ${PER_TIER}, ${PER_TIER}) c`;

const newest = (plan: Plan) =>
  sql`select ${plan.entity}::text as entity, c.*
    from search_newest(${plan.entity}, null, null, ${plan.pattern ?? '%'}, ${NEWEST}, ${CANDIDATES}) c`;

/** Records shared singly are read by their key, whatever else the scope holds. */
const sharedRows = (plan: Plan, query: string | null) =>
  sql`select ${plan.entity}::text as entity, record_id, title, subtitle, folded, detail, core_start, core_length,
      extract(epoch from updated_at)::double precision as updated, 0 as total
    from search_doc
    where entity = ${plan.entity} and record_id = any(${plan.shared}::uuid[])
      and (${query}::text is null or tokens @@ ${query ?? ''}::tsquery) limit ${CANDIDATES}`;

async function fetchRows(db: Database, parts: RawBuilder<unknown>[]): Promise<Map<string, Row[]>> {
  const byEntity = new Map<string, Row[]>();
  if (parts.length === 0) return byEntity;
  const wrapped = parts.map((part) => sql`(${part})`);
  const { rows } = await sql<Row>`${sql.join(wrapped, sql` union all `)}`.execute(db);
  for (const row of rows) {
    const list = byEntity.get(row.entity);
    if (list) list.push(row);
    else byEntity.set(row.entity, [row]);
  }
  return byEntity;
}

function verifyAll(plan: Plan, rows: Row[]): Verified[] {
  const seen = new Set<string>();
  const found: Verified[] = [];
  for (const row of rows) {
    if (seen.has(row.record_id)) continue;
    seen.add(row.record_id);
    const verified = verify(row, plan.query, plan.classes);
    if (verified) found.push(verified);
  }
  return found.sort(compareVerified);
}

function itemOf({ candidate, rank, matched }: Verified): SearchItem {
  const { record_id: id, title, subtitle } = candidate;
  return { id, title, subtitle, matched: matched(), score: Math.round((1 - rank / 6) * 100) / 100 };
}

import { sql } from 'kysely';
import { scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { recordsByKey } from '../duplicates/find.ts';
import { nameKey } from '../duplicates/keys.ts';
import type { Row } from '../entity/behaviour.ts';
import { entityNamed } from '../entity/registry.ts';
import type { Entity, Field } from '../entity/types.ts';
import { foldMail } from '../text/mail.ts';
import { parsePhones } from '../text/phones.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Names kept from chunk to chunk; owners and departments are few and come again in every row. */
const CACHED = 20_000;

/** What a text means: none, one, or several records where it is ambiguous. */
export interface Meant {
  ids: readonly string[];
  /** No record is called so; it is that of a name written a little otherwise. */
  folded: boolean;
}

/** Finds records by what people write for them: id, number, code, mail, phone, or name exactly or folded. */
export interface Resolver {
  /** The records meant by each text. One or two queries. */
  resolve(ctx: Context, entity: string, texts: Iterable<string>): Promise<Map<string, Meant>>;
  /** Forgets what was not found, once new records stand. */
  forgetMissing(): void;
}

export function createResolver(): Resolver {
  const known = new Map<string, Meant>();
  return {
    async resolve(ctx, entityName, texts) {
      const wanted = [...new Set(texts)];
      const found = new Map<string, Meant>();
      const unknown = wanted.filter((text) => {
        const meant = known.get(`${entityName} ${text}`);
        if (meant) found.set(text, meant);
        return !meant;
      });
      if (unknown.length === 0) return found;
      const looked = await lookUp(ctx, entityNamed(ctx.registry, entityName), unknown);
      if (known.size + unknown.length > CACHED) known.clear();
      for (const text of unknown) {
        const meant = looked.get(text) ?? NOBODY;
        found.set(text, meant);
        if (unknown.length <= CACHED) known.set(`${entityName} ${text}`, meant);
      }
      return found;
    },
    forgetMissing() {
      for (const [key, { ids }] of known) if (ids.length === 0) known.delete(key);
    },
  };
}

const NOBODY: Meant = { ids: [], folded: false };

/** The fields that name a record, the surest first. */
function namingFields(entity: Entity): Field[] {
  const single = (entity.unique ?? []).filter((names) => names.length === 1).flat();
  const names = [...(entity.numberPrefix ? ['number'] : []), ...single, entity.title];
  const kinds = entity.fieldList.filter(({ kind }) => kind === 'email' || kind === 'phone');
  const contactable = entity.scope.kind === 'open' ? kinds.map(({ name }) => name) : [];
  return [...new Set([...names, ...contactable])].flatMap((name) => entity.fields[name] ?? []);
}

const formFor = (field: Field, text: string): string => {
  if (field.kind === 'email') return foldMail(text);
  if (field.kind === 'phone') return parsePhones(text).phones[0]?.number ?? text;
  return text;
};

async function lookUp(ctx: Context, entity: Entity, texts: string[]): Promise<Map<string, Meant>> {
  const policy = ctx.policies.for(entity.name);
  const scope = scopeCondition(entity, policy.scope('read'), ctx.principal);
  const table = sql.table(entity.table);
  const fields = namingFields(entity).filter((field) => policy.sees(field.name));
  const uuids = texts.filter((text) => UUID.test(text)).map((text) => text.toLowerCase());
  const parts = [
    sql`select t.id::text as value, t.id, -1 as rank from ${table} t
      where t.id = any(${uuids}::uuid[]) and t.deleted_at is null and ${scope}`,
    ...fields.map(
      (
        field,
        rank,
      ) => sql`select ${sql.ref(`t.${field.column}`)} as value, t.id, ${sql.lit(rank)} as rank from ${table} t
        where ${sql.ref(`t.${field.column}`)} = any(${texts.map((text) => formFor(field, text))}::text[])
        and t.deleted_at is null and ${scope}`,
    ),
  ];
  const { rows } = await sql<{
    value: string;
    id: string;
    rank: number;
  }>`${sql.join(parts, sql` union all `)}`.execute(ctx.db);
  const byRank = new Map<string, string[]>();
  for (const { value, id, rank } of rows) {
    const key = `${rank} ${value}`;
    byRank.set(key, [...(byRank.get(key) ?? []), id]);
  }
  const found = new Map<string, Meant>();
  for (const text of texts) {
    const exact =
      byRank.get(`-1 ${text.toLowerCase()}`) ??
      fields.flatMap((field, rank) => [byRank.get(`${rank} ${formFor(field, text)}`)]).find((ids) => ids);
    if (exact) found.set(text, { ids: exact, folded: false });
  }
  if (policy.sees(entity.title)) await addFolded(ctx, entity, texts, found);
  return found;
}

/** Names that are written a little otherwise: width, case, spaces, 繁简. */
async function addFolded(
  ctx: Context,
  entity: Entity,
  texts: string[],
  found: Map<string, Meant>,
): Promise<void> {
  const open = texts.flatMap((text) => {
    const key = found.has(text) ? null : nameKey(entity, text);
    return key ? [{ text, key }] : [];
  });
  if (open.length === 0) return;
  const hits = await recordsByKey(
    ctx,
    open.map(({ key }) => key),
  );
  const visible = await readable(ctx, entity, [...hits.values()].flat());
  for (const { text, key } of open) {
    const ids = (hits.get(key) ?? []).filter((id) => visible.has(id));
    if (ids.length) found.set(text, { ids, folded: true });
  }
}

/** Of these records, those the caller may read. */
export async function readable(ctx: Context, entity: Entity, ids: readonly string[]): Promise<Set<string>> {
  const scope = scopeCondition(entity, ctx.policies.for(entity.name).scope('read'), ctx.principal);
  if (ids.length === 0) return new Set();
  const { rows } = await sql<Row>`select t.id from ${sql.table(entity.table)} t
    where t.id = any(${[...new Set(ids)]}::uuid[]) and t.deleted_at is null and ${scope}`.execute(ctx.db);
  return new Set(rows.map((row) => row.id as string));
}

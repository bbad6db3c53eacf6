import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Link } from '../entity/meta.shared.ts';
import { titlesOf, type Wanted, want } from '../entity/titles.ts';
import type { Field } from '../entity/types.ts';
import { maskValue } from '../entity/wire.ts';
import type { Change } from './audit.ts';
import { partChanges } from './part-changes.ts';

export interface AuditRow {
  id: string;
  at: string;
  actor_id: string | null;
  action: string;
  entity: string;
  record_id: string | null;
  fields: string[];
  cause_kind: string;
  cause_id: string | null;
  note: string | null;
  ip: string | null;
  /** Null when the entry has no values, or they were erased. */
  changes: Record<string, Change> | null;
}

export interface AuditChange {
  field: string;
  label: string;
  before: unknown;
  after: unknown;
  /** The values were erased with the record. */
  erased?: true;
}

export interface AuditItem {
  id: string;
  at: string;
  actor: Link | null;
  action: string;
  label: string;
  entity: string;
  recordId: string | null;
  recordTitle: string | null;
  cause: { kind: string; id?: string };
  note: string | null;
  ip: string | null;
  changes: AuditChange[];
}

/**
 * Entries as the caller may see them: hidden fields absent, masked ones masked, references by title — looked up in sets.
 * An entry of which nothing is left to see is left out. Addresses are for administrators.
 */
export async function auditItems(ctx: Context, rows: readonly AuditRow[]): Promise<AuditItem[]> {
  const { language } = ctx.principal;
  const { words } = ctx.registry;
  const veiled = await veiledRecords(ctx, rows);
  const seen = rows
    .map((row) => ({ row, changes: visibleChanges(ctx, row, veiled.has(row.record_id ?? '')) }))
    .filter(({ row, changes }) => changes.length > 0 || row.fields.length === 0 || row.action === 'create');
  const wanted: Wanted = new Map();
  for (const { row, changes } of seen) {
    if (row.actor_id) want(wanted, 'user', row.actor_id);
    if (row.record_id) want(wanted, row.entity, row.record_id);
    for (const { spec, before, after } of changes) {
      if (spec?.to) for (const id of [...idsIn(before), ...idsIn(after)]) want(wanted, spec.to, id);
    }
  }
  const titles = await titlesOf(ctx, wanted);
  const shown = (spec: Field | undefined, value: unknown) =>
    spec?.to ? links(value, titles) : spec ? (value ?? null) : definedText(ctx, value);
  return seen.map(({ row, changes }) => ({
    id: row.id,
    at: row.at,
    actor: row.actor_id && { id: row.actor_id, title: titles.get(row.actor_id) ?? null },
    action: row.action,
    label: words[language][`audit.action.${row.action}`] ?? row.action,
    entity: row.entity,
    recordId: row.record_id,
    recordTitle: (row.record_id && titles.get(row.record_id)) ?? null,
    cause: { kind: row.cause_kind, ...(row.cause_id ? { id: row.cause_id } : {}) },
    note: row.note && (words[language][`audit.note.${row.note}`] ?? row.note),
    ip: ctx.policies.administrator ? row.ip : null,
    changes: changes.map(({ spec, before, after, ...rest }) => ({
      ...rest,
      before: shown(spec, before),
      after: shown(spec, after),
    })),
  })) as AuditItem[];
}

interface SeenChange extends AuditChange {
  spec: Field | undefined;
}

/** Of the records spoken of, those whose personal data the caller sees masked now. */
async function veiledRecords(ctx: Context, rows: readonly AuditRow[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const [name, group] of Map.groupBy(rows, (row) => row.entity)) {
    const entity = ctx.registry.byName.get(name);
    const veiled = entity ? ctx.policies.for(name).veiled : [];
    if (!entity || veiled.length === 0) continue;
    const ids = [...new Set(group.flatMap((row) => row.record_id ?? []))];
    const { rows: hits } = await sql<{ id: string }>`select id from ${sql.table(entity.table)}
      where id = any(${ids}::uuid[]) and department_id = any(${[...veiled]}::uuid[])`.execute(ctx.db);
    for (const { id } of hits) found.add(id);
  }
  return found;
}

function visibleChanges(ctx: Context, row: AuditRow, veiled: boolean): SeenChange[] {
  const entity = ctx.registry.byName.get(row.entity);
  return row.fields.flatMap((name) => {
    const spec = entity?.fields[name];
    // A field that is no longer declared, or never was one: nobody's rights speak of it.
    const part = entity?.parts.find((each) => each.name === name);
    if (part) return partChanges(ctx, part, row).map((change) => ({ ...change, spec: undefined }));
    if (!spec && !ctx.policies.administrator && !OPEN_CHANGES.has(name)) return [];
    const right = spec && entity ? ctx.policies.for(entity.name).right(name) : 'read';
    if (right === 'hidden') return [];
    const change = row.changes?.[name];
    const label = labelOf(ctx, row.entity, spec, name);
    if (!change) return [{ field: name, label, spec, before: null, after: null, erased: true as const }];
    if (right === 'masked' || (veiled && spec?.sensitive)) {
      // Masked text is no id any more: without its declaration it is shown as it stands.
      const mask = (value: unknown) => maskValue(spec as Field, value);
      return [
        { field: name, label, spec: undefined, before: mask(change.before), after: mask(change.after) },
      ];
    }
    return [{ field: name, label, spec, before: change.before, after: change.after }];
  });
}

/** What is written of a record beside its fields and may be seen by whoever sees the record. */
export const OPEN_CHANGES = new Set(['share']);

function labelOf(ctx: Context, entity: string, spec: Field | undefined, name: string): string {
  const words = ctx.registry.words[ctx.principal.language];
  return spec?.label[ctx.principal.language] ?? words[`${entity}.${name}`] ?? words[`record.${name}`] ?? name;
}

/** What no field declares, such as what administrators say of their own fields: texts in the reader's language, yes and no in words. */
function definedText(ctx: Context, value: unknown): unknown {
  const { language } = ctx.principal;
  if (typeof value === 'boolean') return ctx.registry.words[language][value ? 'value.yes' : 'value.no'];
  const texts = value as Partial<Record<typeof language, unknown>> | null | undefined;
  return typeof texts?.[language] === 'string' ? texts[language] : (value ?? null);
}

const idsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((id): id is string => typeof id === 'string');

function links(value: unknown, titles: Map<string, string>): Link | Link[] | null {
  const link = (id: string): Link => ({ id, title: titles.get(id) ?? null });
  if (Array.isArray(value)) return idsIn(value).map(link);
  return typeof value === 'string' ? link(value) : null;
}

import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import type { Link, WireRecord } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf, type Wanted, want } from '../../../platform/entity/titles.ts';

/** A contract as it was agreed at some time. */
export interface ContractVersion {
  revision: number;
  at: string;
  by: string | null;
  /** Why it was amended; null of the first. */
  reason: string | null;
  record: WireRecord;
}

/** Keeps a contract as it has just been agreed. `system` has unlimited rights: the whole of it is kept. */
export async function keepVersion(system: Context, row: Row): Promise<void> {
  const record = await readRecord(system, 'contract', row.id as string);
  await sql`insert into contract_version (contract_id, revision, at, by_id, reason, total, net, record)
    values (${row.id}, ${row.revision}, ${system.now}, ${system.principal.userId}, ${row.reason},
      (select total from contract where id = ${row.id}), (select net from contract where id = ${row.id}),
      ${JSON.stringify(record)}::jsonb)`.execute(system.db);
}

/** As it was last agreed. */
export async function lastVersion(ctx: Context, id: string): Promise<WireRecord | null> {
  const { rows } = await sql<{
    record: WireRecord;
  }>`select record from contract_version where contract_id = ${id}
    order by revision desc limit 1`.execute(ctx.db);
  return rows[0]?.record ?? null;
}

/**
 * All agreed versions of a contract the caller may read, newest first, as far as he sees their fields. What they name is named by
 * what he may see of it today.
 */
export async function versionsOf(ctx: Context, id: string): Promise<ContractVersion[]> {
  const { veiled } = await readRecord(ctx, 'contract', id);
  const { rows } = await sql<ContractVersion>`select v.revision, v.at, u.name as by, v.reason, v.record
    from contract_version v left join "user" u on u.id = v.by_id
    where v.contract_id = ${id} order by v.revision desc limit 100`.execute(ctx.db);
  const wanted: Wanted = new Map();
  for (const { record } of rows) eachLink(ctx, 'contract', record, (to, link) => want(wanted, to, link.id));
  const titles = await titlesOf(ctx, wanted);
  const seesReason = ctx.policies.for('contract').sees('reason');
  return rows.map((row) => {
    eachLink(ctx, 'contract', row.record, (_to, link) => {
      link.title = titles.get(link.id) ?? null;
    });
    const record = seen(ctx, 'contract', row.record, veiled === true);
    return { ...row, reason: seesReason ? row.reason : null, record };
  });
}

/** Every reference of a kept record and of its rows, with the record type it leads to. */
function eachLink(
  ctx: Context,
  type: string,
  record: WireRecord,
  visit: (to: string, link: Link) => void,
): void {
  const { fields, parts } = entityNamed(ctx.registry, type);
  for (const [name, value] of Object.entries(record)) {
    const part = parts.find((each) => each.name === name);
    if (part) for (const row of value as WireRecord[]) eachLink(ctx, part.entity.name, row, visit);
    const to = fields[name]?.to;
    if (to) for (const link of [value ?? []].flat() as Link[]) visit(to, link);
  }
}

function seen(ctx: Context, type: string, record: WireRecord, veiled: boolean): WireRecord {
  const policy = ctx.policies.for(type);
  const { fields, parts } = entityNamed(ctx.registry, type);
  const shown = Object.entries(record).flatMap(([name, value]): [string, unknown][] => {
    const part = parts.find((each) => each.name === name);
    if (part) return [[name, (value as WireRecord[]).map((row) => seen(ctx, part.entity.name, row, veiled))]];
    const field = fields[name];
    if (!field) return name === 'id' ? [[name, value]] : [];
    return policy.sees(name) && !(veiled && field.sensitive) ? [[name, value]] : [];
  });
  return Object.fromEntries(shown) as WireRecord;
}

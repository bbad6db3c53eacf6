import { sql } from 'kysely';
import { permissionsSchema } from '../../../platform/access/permissions.ts';
import type { Context, Db } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { changeRows, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed, type Registry } from '../../../platform/entity/registry.ts';
import type { Entity } from '../../../platform/entity/types.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { readSetting, storeSetting } from '../../../platform/settings/setting.ts';
import { isSetUp } from '../settings/settings.ts';
import { administrators } from '../user/administrators.ts';
import { rightsForNew } from './upgrade-rights.ts';

/** Record types the first version had; a company that kept no account of them has decided about these. */
const FIRST = [
  'customer',
  'contact',
  'activity',
  'task',
  'tag',
  'attachment',
  'product',
  'user',
  'department',
];

const KEY = 'recordTypes';

/**
 * Gives existing roles the rights to record types that came with a later version (see `rightsForNew`), once per type: whoever
 * takes them away again keeps it so. Runs before the first request is answered; of several processes one does it.
 * Administrators are told, and the audit names the upgrade as the cause. Returns the new types.
 */
export async function upgradeRights(services: Services): Promise<string[]> {
  const declared = declaredTypes(services.registry());
  const known = await knownTypes(services.db);
  if (known && declared.every(({ name }) => known.has(name))) return [];
  if (!(await isSetUp(services.db))) return [];
  const ctx = await systemContext(services, { kind: 'upgrade' });
  return inTransaction(ctx, async (inner) => {
    await sql`select pg_advisory_xact_lock(7245014)`.execute(inner.db);
    const before = (await knownTypes(inner.db)) ?? (await typesNamed(inner.db));
    const fresh = declared.filter(({ name }) => !before.has(name));
    const given = await giveRights(inner, fresh);
    await storeKnownTypes(inner, [...before]);
    if (given.size) await tellAdministrators(inner, [...given]);
    return fresh.map(({ name }) => name);
  });
}

/** Takes account of the record types there are: nobody's rights to them change by an upgrade any more. */
export async function storeKnownTypes(ctx: Context, more: readonly string[] = []): Promise<void> {
  const names = new Set([...more, ...declaredTypes(ctx.registry).map(({ name }) => name)]);
  await storeSetting(ctx.db, KEY, [...names].sort(), null);
}

const declaredTypes = ({ entities }: Registry) =>
  entities.filter(({ custom, adminOnly }) => !custom && !adminOnly);

async function knownTypes(db: Db): Promise<Set<string> | null> {
  const names = await readSetting<string[]>(db, KEY);
  return names ? new Set(names) : null;
}

/** A company older than the account: it knows what the first version had, and what one of its roles names. */
async function typesNamed(db: Db): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`select distinct n.name from role,
    jsonb_object_keys(case jsonb_typeof(permissions->'entities') when 'object' then permissions->'entities' else '{}' end) n(name)
    where deleted_at is null`.execute(db);
  return new Set([...FIRST, ...rows.map(({ name }) => name)]);
}

/** Returns the types some role was given rights to. */
async function giveRights(ctx: Context, fresh: readonly Entity[]): Promise<Set<string>> {
  const role = entityNamed(ctx.registry, 'role');
  const customer = ctx.registry.byName.get('customer');
  const { rows: roles } = await sql<{ id: string }>`select id from role where deleted_at is null`.execute(
    ctx.db,
  );
  const rows = await lockRows(
    ctx,
    role,
    roles.map(({ id }) => id),
  );
  const given = new Set<string>();
  if (!customer) return given;
  const changes = rows.flatMap((row) => {
    // A role that cannot be read grants nothing, and is left to who can mend it.
    const parsed = permissionsSchema.safeParse(row.permissions);
    if (!parsed.success) return [];
    const found = { code: row.code as string | null, permissions: parsed.data };
    const added = fresh.flatMap((type) => {
      const rights = rightsForNew(found, type, customer);
      return rights ? [[type.name, rights] as const] : [];
    });
    if (added.length === 0) return [];
    for (const [name] of added) given.add(name);
    const entities = { ...parsed.data.entities, ...Object.fromEntries(added) };
    return [{ row, values: { permissions: { ...parsed.data, entities } } }];
  });
  await changeRows(ctx, role, changes);
  return given;
}

async function tellAdministrators(ctx: Context, types: readonly string[]): Promise<void> {
  await notify(ctx, [
    {
      to: await administrators(ctx.db),
      kind: 'rights.upgraded',
      params: { types: { types } },
      key: `rights.upgraded:${types.toSorted().join(',')}`,
    },
  ]);
}

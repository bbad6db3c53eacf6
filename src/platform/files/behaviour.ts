import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Behaviour, Draft } from '../entity/behaviour.ts';
import { draftValue } from '../entity/behaviour.ts';
import { entityNamed } from '../entity/registry.ts';

interface StoredFile {
  id: string;
  digest: string;
  size: number;
  mime: string;
  kind: string;
}

/** A new attachment takes type and size from the file its author has sent, and its customer from what it hangs on. */
export const attachmentBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    await takeFiles(
      ctx,
      drafts.filter((draft) => !draft.before),
    );
    await takeCustomers(ctx, drafts);
  },
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function takeFiles(ctx: Context, drafts: Draft[]): Promise<void> {
  const ids = drafts.map((draft) => String(draft.values.file)).filter((id) => UUID.test(id));
  const { rows } = await sql<StoredFile>`select id, digest, size, mime, kind from stored_file
    where id = any(${ids}::uuid[]) and created_by is not distinct from ${ctx.principal.userId}::uuid`.execute(
    ctx.db,
  );
  const files = new Map(rows.map((row) => [row.id, row]));
  for (const draft of drafts) {
    const file = files.get(String(draft.values.file));
    if (!file) draft.problems.push({ path: 'file', code: 'unknown_reference' });
    else
      Object.assign(draft.values, { digest: file.digest, size: file.size, mime: file.mime, kind: file.kind });
  }
}

/** Fields that lead to a customer, in the order in which they are asked. */
const VIA = [
  'contact',
  'activity',
  'task',
  'visit',
  'meeting',
  'promise',
  'callBack',
  'opportunity',
  'quote',
  'contract',
  'order',
] as const;

async function takeCustomers(ctx: Context, drafts: Draft[]): Promise<void> {
  for (const name of VIA) {
    const open = drafts.filter(
      (draft) =>
        draft.values[name] &&
        !draftValue(draft, 'customer', 'customer_id') &&
        draft.values.customer === undefined,
    );
    if (open.length === 0) continue;
    const { table } = entityNamed(ctx.registry, name);
    const ids = open.map((draft) => draft.values[name] as string);
    const { rows } = await sql<{
      id: string;
      customer_id: string | null;
    }>`select id, customer_id from ${sql.table(table)}
      where id = any(${ids}::uuid[])`.execute(ctx.db);
    const customers = new Map(rows.map((row) => [row.id, row.customer_id]));
    for (const draft of open) {
      const customer = customers.get(draft.values[name] as string);
      if (customer) draft.values.customer = customer;
    }
  }
}

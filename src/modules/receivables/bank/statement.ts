import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { createDrafts } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { openTable } from '../../../platform/tabular/read.ts';
import { type Found, knowsEnough, mappingOf, readLine } from './columns.ts';

/** A statement of more lines is several files. */
const MOST = 20_000;
const BATCH = 500;

export interface StatementTaken {
  entered: number;
  /** Known already by the bank's number. */
  known: number;
  /** Money that went out. */
  out: number;
  unread: { line: number; reason: string }[];
}

/** Takes in a statement as banks give it, CSV or XLSX: money that came in, each line once however often the file is taken in. */
export async function takeStatement(
  ctx: Context,
  path: string,
  account: string | null,
): Promise<StatementTaken> {
  if (!ctx.policies.for('bankEntry').can('create')) throw forbidden();
  const table = await openTable(path);
  try {
    const mapping = mappingOf(table.headers);
    if (!knowsEnough(mapping))
      throw problem('statement_unknown', { params: { headers: table.headers.slice(0, 12).join('、') } });
    const taken: StatementTaken = { entered: 0, known: 0, out: 0, unread: [] };
    const lines: Found[] = [];
    for await (const { line, cells } of table.rows()) {
      if (line > MOST) throw problem('statement_too_long', { params: { max: MOST } });
      const read = readLine(cells, mapping, ctx.currency);
      if (read === 'out') taken.out += 1;
      else if (typeof read === 'string') taken.unread.push({ line, reason: read });
      else if (read) lines.push(read);
    }
    return await inTransaction(ctx, async (inner) => {
      for (let at = 0; at < lines.length; at += BATCH)
        await enter(inner, lines.slice(at, at + BATCH), account, taken);
      return taken;
    });
  } finally {
    await table.close();
  }
}

async function enter(
  ctx: Context,
  lines: Found[],
  account: string | null,
  taken: StatementTaken,
): Promise<void> {
  const serials = lines.flatMap(({ serial }) => serial ?? []);
  // Two people with the same file: the second waits, and then finds everything known.
  await sql`select pg_advisory_xact_lock(7245031, hashtext(${account ?? ''}))`.execute(ctx.db);
  const { rows } = await sql<{
    serial: string;
  }>`select serial from bank_entry where serial = any(${serials}::text[])
    and account_id is not distinct from ${account}::uuid and deleted_at is null`.execute(ctx.db);
  const known = new Set(rows.map(({ serial }) => serial));
  const fresh = lines.filter(({ serial }) => {
    if (serial && known.has(serial)) return false;
    if (serial) known.add(serial);
    return true;
  });
  taken.known += lines.length - fresh.length;
  const drafts = await createDrafts(
    ctx,
    entityNamed(ctx.registry, 'bankEntry'),
    fresh.map((line) => ({ ...line, ...(account ? { account } : {}) })),
  );
  for (const { problems } of drafts)
    if (problems[0]) taken.unread.push({ line: 0, reason: problems[0].code });
    else taken.entered += 1;
}

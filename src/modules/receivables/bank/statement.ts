import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { draftDecided } from '../../../platform/entity/decided.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { openTable } from '../../../platform/tabular/read.ts';
import { type Found, knowsEnough, mappingOf, readLine } from './columns.ts';
import { keyed, type Line, unknownOf } from './known.ts';

/** A statement of more lines is several files. */
const MOST = 20_000;
const BATCH = 500;

export interface StatementTaken {
  entered: number;
  /** Entered before: known by the bank's number, without one by everything the line says. */
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
    const read: { line: number; found: Found }[] = [];
    for await (const { line, cells } of table.rows()) {
      if (line > MOST) throw problem('statement_too_long', { params: { max: MOST } });
      const found = readLine(cells, mapping, ctx.currency);
      if (found === 'out') taken.out += 1;
      else if (typeof found === 'string') taken.unread.push({ line, reason: found });
      else if (found) read.push({ line, found });
    }
    const lines = keyed(read, account);
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
  lines: Line[],
  account: string | null,
  taken: StatementTaken,
): Promise<void> {
  const fresh = await unknownOf(ctx, lines, account);
  taken.known += lines.length - fresh.length;
  const drafts = await draftDecided(
    ctx,
    'bankEntry',
    fresh.map(({ found: { time: _time, balance: _balance, ...entry } }) => ({
      ...entry,
      ...(account ? { account } : {}),
    })),
    fresh.map(({ key }) => ({ lineKey: key })),
  );
  for (const [at, { problems }] of drafts.entries())
    if (problems[0]) taken.unread.push({ line: fresh[at]?.line ?? 0, reason: problems[0].code });
    else taken.entered += 1;
}

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Found } from './columns.ts';

/** A line as it is entered: without a number of the bank, with what tells it from every other. */
export interface Line {
  line: number;
  found: Found;
  key: string | null;
}

/** Everything the bank wrote of a line; how it spaced and widened its characters differs from file to file. */
function written({ date, time, amount, payer, payerAccount, summary, balance }: Found): unknown[] {
  const texts = [payer, payerAccount, summary].map((text) =>
    (text ?? '').normalize('NFKC').replace(/\s+/g, '').toLowerCase(),
  );
  return [date, time, amount.amount, amount.currency, balance, ...texts];
}

/**
 * Gives lines without a number of the bank a key by what they say and which of several equal ones they are: two equal payments of one
 * day are two in every file that holds that day, and the same two.
 */
export function keyed(lines: readonly { line: number; found: Found }[], account: string | null): Line[] {
  const equal = new Map<string, number>();
  return lines.map(({ line, found }) => {
    if (found.serial) return { line, found, key: null };
    const said = JSON.stringify([account, ...written(found)]);
    const ordinal = (equal.get(said) ?? 0) + 1;
    equal.set(said, ordinal);
    const key = createHash('sha256').update(`${said}${ordinal}`).digest('hex').slice(0, 48);
    return { line, found, key };
  });
}

/** The lines not entered yet, each once; an account's files wait for each other. */
export async function unknownOf(ctx: Context, lines: readonly Line[], account: string | null) {
  const serials = lines.flatMap(({ found }) => found.serial ?? []);
  const keys = lines.flatMap(({ key }) => key ?? []);
  // Two people with the same file: the second waits, and then finds everything known.
  await sql`select pg_advisory_xact_lock(7245031, hashtext(${account ?? ''}))`.execute(ctx.db);
  const { rows } = await sql<{ known: string }>`
    select 's' || serial as known from bank_entry where serial = any(${serials}::text[])
      and account_id is not distinct from ${account}::uuid and deleted_at is null
    union all select 'k' || line_key from bank_entry where line_key = any(${keys}::text[]) and deleted_at is null`.execute(
    ctx.db,
  );
  const known = new Set(rows.map((row) => row.known));
  return lines.filter(({ found, key }) => {
    const name = key ? `k${key}` : `s${found.serial}`;
    if (known.has(name)) return false;
    known.add(name);
    return true;
  });
}

import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import type { Link } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { forbidden, notFound } from '../../../platform/errors/problem.ts';
import { seesFields } from '../sheet/base.ts';
import { fillSheet, kindOf } from '../sheet/fill.ts';
import { columnWords, periodWords, reachWords } from '../sheet/words.ts';
import type { FormSheet, FormVersion, Sheet, Signature } from './form.shared.ts';
import { mayDrop, mayFill, mayName, mayRevise, maySign, requireCover, takingOut } from './rights.ts';
import {
  type Head,
  judgementsOf,
  linesOf,
  type StoredForm,
  storedForm,
  type Version,
  versionsOf,
} from './store.ts';

interface Shown extends Sheet {
  /** How a sheet that was handed in is called; live ones are called as things are now. */
  head: Head | null;
  version: Version | null;
  filled: FormSheet['filled'];
  left: string[];
}

/**
 * A form with its lines: live within the reader's rights until it is handed in, from then on as it was signed.
 * @param round a former state; the latest unless told
 * @param as what it is taken out as; to look at unless told
 */
export async function readForm(
  ctx: Context,
  id: string,
  { round, as }: { round?: number | undefined; as?: 'pdf' | 'xlsx' } = {},
): Promise<FormSheet & { company: string | null }> {
  const record = await readRecord(ctx, 'customerForm', id);
  const { rows } = await sql<Row>`select * from customer_form where id = ${record.id}`.execute(ctx.db);
  const row = rows[0] as Row;
  const form = storedForm(row);
  const action = as ? takingOut(ctx, form, as) : 'read';
  if (!action) throw forbidden('export_forbidden');
  const live = round === undefined && (form.status === 'draft' || form.status === 'filling');
  const shown = live
    ? await liveSheet(ctx, form, action)
    : await keptSheet(ctx, form, round ?? form.round, action);
  const people = await namesOf(ctx, form, shown);
  const former = round !== undefined && round !== form.round;
  const { head, version, columns, left, ...sheet } = shown;
  const link = (name: string) => record[name] as Link | null as FormSheet['owner'];
  const may = (allowed: boolean) => !former && allowed;
  return {
    ...sheet,
    columns: columns.map((column) => ({ ...column, label: columnWords(ctx, column) })),
    id: form.id,
    version: record.version,
    name: String(record.name ?? ''),
    kind: form.kind,
    status: live || version === null ? form.status : STATE_OF[version.state],
    round: version?.round ?? form.round,
    period: head?.period ?? periodWords(ctx, form.period.text),
    reach: head?.reach ?? (await reachWords(ctx, form.reach)),
    company: head?.company ?? null,
    signatures: signaturesOf(row, version, people),
    filler: link('filler'),
    reviewer: link('reviewer'),
    owner: link('owner'),
    returnReason: (record.returnReason as string | null) ?? null,
    left: left.flatMap((each) => (people.has(each) ? [{ id: each, title: people.get(each) ?? '' }] : [])),
    may: {
      edit: may(mayFill(ctx, form, row)),
      rows: may(mayFill(ctx, form, row) && (kindOf(form.kind).byHand ?? false)),
      name: may(mayName(ctx, form, row)),
      sign: may(maySign(ctx, form, row)),
      sendBack: may(form.status === 'review' && maySign(ctx, form, row)),
      revise: may(mayRevise(ctx, form, row)),
      drop: may(mayDrop(ctx, form, row)),
      print: takingOut(ctx, form, 'pdf') !== null,
      table: takingOut(ctx, form, 'xlsx') !== null,
    },
  };
}

const STATE_OF = { submitted: 'review', returned: 'review', locked: 'locked' } as const;

async function liveSheet(ctx: Context, form: StoredForm, action: 'read' | 'export'): Promise<Shown> {
  const { filled, added, left } = await judgementsOf(ctx, form.id);
  const sheet = await fillSheet(ctx, { ...form, action, added, left, filled });
  const seen = new Set(sheet.rows.map(({ key }) => key));
  return {
    ...sheet,
    notes: form.owner === ctx.principal.userId ? sheet.notes : [...sheet.notes, 'ownSight'],
    head: null,
    version: null,
    filled: Object.fromEntries(Object.entries(filled).filter(([key]) => seen.has(key))),
    left,
  };
}

async function keptSheet(
  ctx: Context,
  form: StoredForm,
  round: number,
  action: 'read' | 'export',
): Promise<Shown> {
  const [version] = await versionsOf(ctx, form.id, round);
  if (!version) throw notFound('customerForm');
  requireCover(ctx, form.kind, version.holders, action);
  const { columns, ...head } = version.head;
  const rows = await linesOf(ctx, version.id);
  const seen = columns.filter(({ needs }) => !needs || seesFields(ctx, needs));
  const hidden = columns.filter((column) => !seen.includes(column)).map(({ name }) => name);
  for (const row of rows) for (const name of hidden) delete row.cells[name];
  return { ...head, columns: seen, rows, head: version.head, version, filled: {}, left: [] };
}

/** Names of the people who signed, and of customers left out. */
async function namesOf(
  ctx: Context,
  form: StoredForm,
  { version, left }: Shown,
): Promise<Map<string, string>> {
  const people = [
    version?.prepared_by,
    version?.filled_by,
    version?.decided_by,
    form.preparedBy,
    form.filledBy,
  ];
  return titlesOf(
    ctx,
    new Map([
      ['user', new Set(people.flatMap((id) => id ?? []))],
      ['customer', new Set(left)],
    ]),
  );
}

function signaturesOf(
  row: Row,
  version: Version | null,
  names: ReadonlyMap<string, string>,
): FormSheet['signatures'] {
  const signed = (by: unknown, at: unknown): Signature => ({
    by: typeof by === 'string' ? { id: by, title: names.get(by) ?? '' } : null,
    at: typeof at === 'string' ? at : null,
  });
  if (!version)
    return {
      prepared: signed(row.prepared_by_id, row.prepared_at),
      filled: signed(null, null),
      reviewed: signed(null, null),
    };
  const decided = version.state === 'locked';
  return {
    prepared: signed(version.prepared_by, version.prepared_at),
    filled: signed(version.filled_by, version.filled_at),
    reviewed: signed(decided ? version.decided_by : null, decided ? version.decided_at : null),
  };
}

/** How often it was handed in, and what became of that. */
export async function historyOf(ctx: Context, id: string): Promise<FormVersion[]> {
  const { id: form } = await readRecord(ctx, 'customerForm', id);
  const versions = await versionsOf(ctx, form);
  const people = new Set(
    versions.flatMap(({ filled_by, decided_by }) => [filled_by ?? [], decided_by ?? []].flat()),
  );
  const names = await titlesOf(ctx, new Map([['user', people]]));
  const signed = (by: string | null, at: string | null): Signature => ({
    by: by ? { id: by, title: names.get(by) ?? '' } : null,
    at,
  });
  return versions.map((version) => ({
    round: version.round,
    state: version.state,
    filled: signed(version.filled_by, version.filled_at),
    decided: signed(version.decided_by, version.decided_at),
    reason: version.reason,
    rows: version.rows,
  }));
}

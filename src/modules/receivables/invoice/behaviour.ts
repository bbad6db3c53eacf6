import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { documentBehaviour } from '../../documents/public.ts';
import { usualLegalEntity } from '../../legal/public.ts';
import { refuseForeign } from '../targets.ts';
import { fillLines } from './lines.ts';
import { fillRed } from './red.ts';

/** What stays open once it was issued or sent back. */
const STAYS_OPEN = new Set(['remark', 'email', 'owner', 'department']);

/** An invoice is made out to one of the customer's addressees, adds up, and stays as issued. */
export const invoiceBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    if (!isDecided(ctx)) for (const draft of drafts) refuseSettled(ctx, draft);
    takeDecided(ctx, drafts, 'applied');
    const fresh = drafts.filter(({ before }) => before === null);
    await fillBuyer(ctx, fresh);
    const blue = drafts.filter(({ before, values }) => !values.redOf && !before?.red_of_id);
    await fillLines(
      ctx,
      blue.filter(({ before }) => before === null),
    );
    await refuseForeign(ctx, blue, ['contract', 'order', 'billingProfile']);
    const open = blue.filter(({ before }) => before === null || before.status === 'applied');
    await documentBehaviour.prepare?.(ctx, open);
    for (const draft of open) if (!isDecided(ctx)) requireTaxNumber(draft);
    for (const draft of fresh) {
      // Which lines it takes back comes with what the command decides: people do not write it.
      const { blueLines, ...values } = draft.values;
      draft.values = values;
      for (const [at, line] of (draft.parts?.lines ?? []).entries())
        if (blueLines) line.values.blueLine = (blueLines as string[])[at];
      if (values.redOf) await fillRed(ctx, draft);
    }
  },
  beforeDelete(_ctx, rows) {
    if (rows.some(({ status }) => status === 'issued')) throw problem('invoice_settled', { status: 409 });
  },
};

function refuseSettled(ctx: Context, { before, values, problems, parts, gone }: Draft): void {
  if (!before || ctx.principal.cause.kind === 'undo') return;
  if (before.status === 'applied' && !before.red_of_id) return;
  for (const path of Object.keys(values))
    if (!STAYS_OPEN.has(path)) problems.push({ path, code: 'invoice_settled' });
  const touched =
    gone?.lines?.length || parts?.lines?.some((line) => !line.before || Object.keys(line.values).length > 0);
  if (touched) problems.push({ path: 'lines', code: 'invoice_settled' });
}

/** 专票 needs the buyer's tax number: who gets one deducts its tax. */
function requireTaxNumber(draft: Draft): void {
  if (draftValue(draft, 'kind') !== 'special' || draftValue(draft, 'taxNumber', 'tax_number')) return;
  if (draft.before && !('taxNumber' in draft.values) && !('kind' in draft.values)) return;
  draft.problems.push({ path: 'taxNumber', code: 'tax_number_needed' });
}

interface Profile {
  id: string;
  customer: string;
  name: string;
  taxNumber: string | null;
  kind: string | null;
  bank: string | null;
  accountNumber: string | null;
  address: string | null;
  phone: string | null;
  email: string | null;
}

/** Whom it is made out to, as his particulars are today: the addressee named, or the customer's usual one. */
async function fillBuyer(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  const customers = drafts.flatMap(({ values }) => (values.customer as string | undefined) ?? []);
  const { rows } = await sql<
    Profile & { usual: boolean }
  >`select id, customer_id as customer, name, kind, bank, address,
      tax_number as "taxNumber", account_number as "accountNumber", phone, email, usual from billing_profile
    where customer_id = any(${customers}::uuid[]) and deleted_at is null order by usual desc, created_at`.execute(
    ctx.db,
  );
  const names = await sql<{ id: string; name: string; tax: string | null }>`select id, name, tax_number as tax
    from customer where id = any(${customers}::uuid[])`.execute(ctx.db);
  const known = new Map(names.rows.map((row) => [row.id, row]));
  const usual = await usualLegalEntity(ctx);
  for (const { values } of drafts) {
    const own = rows.filter(({ customer }) => customer === values.customer);
    const wished = values.billingProfile as string | null | undefined;
    const profile = wished ? own.find(({ id }) => id === wished) : own[0];
    values.legalEntity ??= usual;
    if (profile) {
      const { customer: _customer, id, usual: _usual, ...of } = profile as Profile & { usual: boolean };
      values.billingProfile ??= id;
      for (const [name, value] of Object.entries(of)) values[name] ??= value;
    }
    const customer = known.get(values.customer as string);
    values.name ||= customer?.name ?? null;
    values.taxNumber ??= customer?.tax ?? null;
    values.kind ??= values.taxNumber ? 'special' : 'normal';
  }
}

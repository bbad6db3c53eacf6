import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { groupsOf, salesBehaviour } from '../../documents/public.ts';
import { usualLegalEntity } from '../../legal/public.ts';
import { type DiscountedLine, discountOfLines } from './discount.shared.ts';

/** What is no part of the paper may change at any time. */
const FREE = ['owner', 'department', 'opportunity', 'remark'];
const isSettled = ({ before }: Draft) => before !== null && before.status !== 'draft';

/** A quote begins as a draft; what was let through, or went out, stays as it is. The rest of it is a document's. */
export const quoteBehaviour: Behaviour = {
  ...salesBehaviour,
  async prepare(ctx, drafts) {
    takeDecided(ctx, drafts, 'draft');
    for (const draft of drafts) {
      if (draft.before === null) draft.values.edition ??= 1;
      if (isSettled(draft) && !isDecided(ctx)) refuseSettled(draft);
    }
    const open = drafts.filter((draft) => !isSettled(draft));
    await nameThem(ctx, open);
    await nameSeller(ctx, open);
    await salesBehaviour.prepare?.(ctx, open);
    for (const draft of open) weigh(draft);
  },
  beforeDelete(_ctx, rows) {
    if (rows.some(({ status }) => status !== 'draft' && status !== 'superseded'))
      throw problem('quote_settled', { status: 409 });
  },
};

function refuseSettled(draft: Draft): void {
  const lines = draft.parts?.lines ?? [];
  const touched =
    (draft.gone?.lines?.length ?? 0) > 0 ||
    lines.some(
      ({ before, values }, at) => before === null || before.position !== at || Object.keys(values).length > 0,
    );
  const paths = Object.keys(draft.values).filter((name) => !FREE.includes(name) && !name.startsWith('x_'));
  for (const path of [...paths, ...(touched ? ['lines'] : [])])
    draft.problems.push({ path, code: 'quote_settled' });
}

/** How far the quote goes below what the house asks, and below lowest prices. */
function weigh(draft: Draft): void {
  const withTax = draftValue(draft, 'pricesIncludeTax', 'prices_include_tax') !== false;
  const amountOf = (line: Draft) => {
    const name = withTax ? 'gross' : 'net';
    return (line.values[name] as MoneyValue | null | undefined)?.amount ?? draftValue(line, '', name);
  };
  const groups = groupsOf(draft.parts?.lines ?? [], (line) => draftValue(line, 'bundled'));
  const lines = groups.flatMap(({ line, parts }): DiscountedLine[] => {
    const value = (name: string, column: string) => draftValue(line, name, column) as string | null;
    const amounts = (parts.length ? parts : [line]).map(amountOf);
    const [quantity, price] = [value('quantity', 'quantity'), value('price', 'price')];
    if (quantity === null || price === null || amounts.some((amount) => typeof amount !== 'string'))
      return [];
    const amount = Exact.sum(0, ...(amounts as string[])).toFixed();
    const listPrice = value('listPrice', 'list_price');
    const offeredPrice = value('offeredPrice', 'offered_price');
    const minimumPrice = value('minimumPrice', 'minimum_price');
    return [{ quantity, price, listPrice, offeredPrice, minimumPrice, amount }];
  });
  const currency = draftValue(draft, 'currency') as string | null;
  if (!currency) return;
  const { rate, belowMinimum } = discountOfLines(lines, currency);
  draft.values.discountRate = rate;
  draft.values.belowMinimum = belowMinimum;
}

/** Nobody says otherwise: the usual one, for who may know it. The paper takes it anyway. */
async function nameSeller(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const open = drafts.filter(({ before, values }) => before === null && values.legalEntity === undefined);
  if (open.length === 0 || !ctx.policies.for('legalEntity').can('read')) return;
  const usual = await usualLegalEntity(ctx);
  for (const { values } of open) values.legalEntity = usual;
}

async function nameThem(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const open = drafts.filter(({ before, values }) => before === null && !values.name && values.customer);
  if (open.length === 0) return;
  const ids = open.map(({ values }) => values.customer);
  const { rows } = await sql<{ id: string; name: string }>`select id, name from customer
    where id = any(${ids}::uuid[])`.execute(ctx.db);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const { words } = ctx.registry;
  for (const { values } of open) {
    const customer = names.get(values.customer as string);
    if (customer) values.name = translate(words, ctx.principal.language, 'quote.named', { customer });
  }
}

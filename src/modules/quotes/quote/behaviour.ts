import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { documentBehaviour } from '../../documents/public.ts';

/** A quote nobody named is called after its customer; everything else of it is a document's. */
export const quoteBehaviour: Behaviour = {
  ...documentBehaviour,
  async prepare(ctx, drafts) {
    await nameThem(ctx, drafts);
    await documentBehaviour.prepare?.(ctx, drafts);
  },
};

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

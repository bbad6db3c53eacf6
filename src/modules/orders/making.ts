import { sql } from 'kysely';
import { z } from 'zod';
import { defineCommand } from '../../platform/command/command.ts';
import type { Context } from '../../platform/context/context.ts';
import type { Row } from '../../platform/entity/behaviour.ts';
import { withoutStrangers } from '../../platform/entity/belongs.ts';
import { fromColumns } from '../../platform/entity/columns.ts';
import { partFields } from '../../platform/entity/parts/fields.ts';
import { createRecord } from '../../platform/entity/records.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { problem } from '../../platform/errors/problem.ts';
import { requireNoneMade } from './made.ts';

type Values = Record<string, unknown>;

/** What goes along from one document to the next that is made of it. */
const HEAD = [
  'name',
  'customer',
  'contact',
  'opportunity',
  'quote',
  'legalEntity',
  'performer',
  'currency',
  'pricesIncludeTax',
  'deduction',
  'theirNumber',
];

/** A document with the lines of another, as the caller may write it. Who may not see a price gets it with the lines all the same. */
async function copied(
  ctx: Context,
  from: string,
  to: string,
  row: Row,
  more: Values,
): Promise<{ id: string }> {
  const source = entityNamed(ctx.registry, from);
  const target = entityNamed(ctx.registry, to);
  const head = HEAD.flatMap((name): [string, unknown][] => {
    const field = source.fields[name];
    const value = field && target.fields[name] ? fromColumns(field, row) : null;
    return value === null || value === undefined ? [] : [[name, value]];
  });
  const part = source.parts.find(({ name }) => name === 'lines');
  const toPart = target.parts.find(({ name }) => name === 'lines');
  if (!part || !toPart) throw problem('unknown_entity', { status: 404, params: { name: from } });
  const { rows } = await sql<Row>`select * from ${sql.table(part.entity.table)}
    where ${sql.ref(part.head.column)} = ${row.id} and deleted_at is null order by position, id`.execute(
    ctx.db,
  );
  const names = new Set(partFields(toPart).map(({ name }) => name));
  const fields = partFields(part).filter(({ name }) => names.has(name));
  const lines = rows.map((line) =>
    Object.fromEntries(
      fields.map((field) => [field.name, fromColumns(field, line)]).filter(([, value]) => value != null),
    ),
  );
  const { id } = await createRecord(ctx, to, {
    ...(await withoutStrangers(ctx, to, Object.fromEntries(head))),
    lines,
    ...more,
  });
  return { id };
}

const may = (to: string) => (ctx: Context) => ctx.policies.for(to).can('create');

/** A quote the customer has not agreed to is none to make a contract of. */
function requireAgreed(row: Row): void {
  if (row.status !== 'confirmed') throw problem('quote_not_confirmed', { status: 409 });
}

/** `again` is the answer of somebody who was told that there is one. */
const onceMore = z.strictObject({ again: z.boolean().optional() });

const contractFromQuote = defineCommand({
  name: 'makeContract',
  entity: 'quote',
  on: 'one',
  action: 'read',
  allowed: may('contract'),
  summary: 'Make a contract of a quote the customer has confirmed',
  input: onceMore,
  async run(ctx, { rows: [row], input }) {
    requireAgreed(row as Row);
    if (!input.again) await requireNoneMade(ctx, 'contract', row as Row);
    return copied(ctx, 'quote', 'contract', row as Row, { quote: (row as Row).id });
  },
});

const orderFromQuote = defineCommand({
  name: 'makeOrder',
  entity: 'quote',
  on: 'one',
  action: 'read',
  allowed: may('order'),
  summary: 'Make an order of a quote the customer has confirmed',
  input: onceMore,
  async run(ctx, { rows: [row], input }) {
    requireAgreed(row as Row);
    if (!input.again) await requireNoneMade(ctx, 'order', row as Row);
    return copied(ctx, 'quote', 'order', row as Row, { quote: (row as Row).id });
  },
});

const orderFromContract = defineCommand({
  name: 'makeOrder',
  entity: 'contract',
  on: 'one',
  action: 'read',
  allowed: may('order'),
  summary: 'Make an order of the lines of a contract in force',
  input: z.strictObject({}),
  async run(ctx, { rows: [row] }) {
    if ((row as Row).status !== 'effective') throw problem('contract_not_in_force', { status: 409 });
    return copied(ctx, 'contract', 'order', row as Row, { contract: (row as Row).id });
  },
});

export const makingCommands = [contractFromQuote, orderFromQuote, orderFromContract];

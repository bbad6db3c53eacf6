import { sql } from 'kysely';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import { recordsByKey } from '../../../platform/duplicates/find.ts';
import { duplicateKeys } from '../../../platform/duplicates/keys.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { strangersIn } from '../../../platform/entity/belongs.ts';
import { createDrafts } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid, problem } from '../../../platform/errors/problem.ts';
import { settleLead } from '../lead/states.ts';
import { moveHistory } from './history.ts';
import { type ConvertInput, convertInput } from './input.ts';

type Values = Record<string, unknown>;

/** Makes a lead a customer, with its person and business, and hangs its history there: all or nothing. */
export const convert = defineCommand({
  name: 'convert',
  entity: 'lead',
  on: 'one',
  action: 'update',
  summary: 'Convert a lead to a customer, a contact and an opportunity',
  input: convertInput,
  async run(ctx, { rows, input }) {
    const lead = rows[0] as Row;
    const owner = lead.owner_id ?? ctx.principal.userId;
    const made: { entity: string; id: string }[] = [];
    const make = async (entity: string, path: string, values: Values) => {
      const id = await made1(ctx, entity, path, { owner, ...values });
      made.push({ entity, id });
      return id;
    };
    const customer =
      'id' in input.customer
        ? input.customer.id
        : await make('customer', 'customer', await newCustomer(ctx, lead, input));
    const contact = await contactOf(lead, input, customer, make);
    const strange = await strangersIn(ctx, 'opportunity', { customer, contact });
    if (strange.length) throw invalid(strange);
    const opportunity = input.opportunity
      ? await make('opportunity', 'opportunity', {
          ...given(input.opportunity),
          customer,
          contact,
          products: lead.product_ids,
        })
      : null;
    await settleLead(ctx, lead, 'converted', {
      action: 'convert',
      set: {
        customer,
        contact,
        opportunity,
        convertedAt: ctx.now,
        respondedAt: lead.responded_at ?? ctx.now,
        nurtureUntil: null,
      },
    });
    const moved = await moveHistory(ctx, lead.id as string, { customer, contact });
    await sql`insert into lead_conversion (lead_id, at, by, former, made, moved)
      values (${lead.id}, ${ctx.now}, ${ctx.principal.userId},
        ${JSON.stringify({ status: lead.status, customer: lead.customer_id })}::jsonb,
        ${JSON.stringify(await versionsOf(ctx, made))}::jsonb, ${JSON.stringify(moved)}::jsonb)
      on conflict (lead_id) do update set at = excluded.at, by = excluded.by, former = excluded.former,
        made = excluded.made, moved = excluded.moved`.execute(ctx.db);
    return { status: 'converted', customer, contact, opportunity };
  },
});

/** What was filled in. */
const given = (values: object): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));

const only = (row: Row, columns: Record<string, string>): Values =>
  given(Object.fromEntries(Object.entries(columns).map(([field, column]) => [field, row[column]])));

const REACHED = { phone: 'phone', email: 'email', wechat: 'wechat' };

/** A person's numbers are his customer's, where he is the customer; a company's are kept with the person. */
async function newCustomer(ctx: Context, lead: Row, input: ConvertInput): Promise<Values> {
  const wished = input.customer as { name: string; kind: 'company' | 'person' };
  const values: Values = {
    ...wished,
    ...only(lead, { province: 'province', city: 'city', source: 'source', remark: 'remark' }),
    ...(wished.kind === 'person' || !input.contact ? only(lead, REACHED) : {}),
  };
  if (!input.despite) await refuseKnown(ctx, values);
  return values;
}

async function contactOf(
  lead: Row,
  { contact }: ConvertInput,
  customer: string,
  make: (entity: string, path: string, values: Values) => Promise<string>,
): Promise<string | null> {
  if (!contact) return null;
  if ('id' in contact) return contact.id;
  return make('contact', 'contact', {
    name: contact.name,
    customer,
    ...only(lead, { ...REACHED, jobTitle: 'job_title' }),
  });
}

/** A customer that is certainly there already is not made a second time by oversight. */
async function refuseKnown(ctx: Context, values: Values): Promise<void> {
  const entity = entityNamed(ctx.registry, 'customer');
  const keys = duplicateKeys(entity, (field) => values[field] ?? null, { certainOnly: true });
  const found = await recordsByKey(
    ctx,
    keys.map(({ key }) => key),
  );
  const ids = [...found.values()].flat();
  if (ids.length === 0) return;
  const { rows } =
    await sql`select from customer where id = any(${ids}::uuid[]) and deleted_at is null limit 1`.execute(
      ctx.db,
    );
  if (rows.length) throw problem('lead_customer_exists', { status: 409 });
}

async function made1(ctx: Context, type: string, path: string, values: Values): Promise<string> {
  const [draft] = await createDrafts(ctx, entityNamed(ctx.registry, type), [given(values)]);
  const problems = draft?.problems ?? [];
  if (problems.length) throw invalid(problems.map((each) => ({ ...each, path: `${path}.${each.path}` })));
  return (draft as { id: string }).id;
}

/** What was made, as it stood when all was done. */
async function versionsOf(ctx: Context, made: { entity: string; id: string }[]) {
  const versions = [];
  for (const { entity, id } of made) {
    const { rows } = await sql<{ version: number }>`select version
      from ${sql.table(entityNamed(ctx.registry, entity).table)} where id = ${id}`.execute(ctx.db);
    versions.push({ entity, id, version: rows[0]?.version });
  }
  return versions;
}

import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { recordsByKey } from '../../../platform/duplicates/find.ts';
import { duplicateKeys } from '../../../platform/duplicates/keys.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { isSame, type Person } from './person.ts';

/** Who somebody is already. */
export type Known =
  | { kind: 'lead'; id: string }
  | { kind: 'customer'; id: string; contact: string | null }
  | null;

const PERSONAL = new Set(['phone', 'mail']);

/** The records of a type that bear the person's numbers, over the whole base. */
async function bearing(ctx: Context, type: string, person: Person): Promise<string[]> {
  const values: Record<string, unknown> = {
    phone: person.phones[0] ?? null,
    otherPhones: person.phones.slice(1),
    email: person.email,
  };
  const keys = duplicateKeys(entityNamed(ctx.registry, type), (field) => values[field] ?? null);
  const found = await recordsByKey(
    ctx,
    keys.filter(({ kind }) => PERSONAL.has(kind)).map(({ key }) => key),
    50,
  );
  return [...new Set([...found.values()].flat())];
}

/** Finds who somebody is: a lead that is open, else a customer or one of its people, else a lead put aside. */
export async function whoIs(ctx: Context, person: Person): Promise<Known> {
  const [leads, contacts, customers] = await Promise.all(
    ['lead', 'contact', 'customer'].map((type) => bearing(ctx, type, person)),
  );
  const same = <R extends { name: string | null; phones: (string | null)[]; email: string | null }>(
    rows: R[],
  ) =>
    rows.find(({ name, phones, email }) =>
      isSame(person, { name, email, phones: phones.filter((phone) => phone !== null) }),
    );
  const { rows: ofLeads } = await sql<{
    id: string;
    name: string | null;
    phones: (string | null)[];
    email: string | null;
    status: string;
    customer: string | null;
    contact: string | null;
  }>`select l.id, l.name, array[l.phone] as phones, l.email, l.status, c.id as customer, l.contact_id as contact
    from lead l left join customer c on c.id = l.customer_id and c.deleted_at is null
    where l.id = any(${leads}::uuid[]) and l.deleted_at is null order by l.received_at desc`.execute(ctx.db);
  const open = same(ofLeads.filter(({ status }) => ['new', 'working', 'nurturing'].includes(status)));
  if (open) return { kind: 'lead', id: open.id };
  const became = same(ofLeads.filter(({ status, customer }) => status === 'converted' && customer));
  if (became?.customer) return { kind: 'customer', id: became.customer, contact: became.contact };
  const { rows: ofContacts } = await sql<{
    id: string;
    customer: string;
    name: string | null;
    phones: (string | null)[];
    email: string | null;
  }>`select p.id, p.customer_id as customer, p.name, p.phone || p.other_phones as phones, p.email
    from contact p join customer c on c.id = p.customer_id and c.deleted_at is null
    where p.id = any(${contacts}::uuid[]) and p.deleted_at is null order by p.id`.execute(ctx.db);
  const contact = same(ofContacts);
  if (contact) return { kind: 'customer', id: contact.customer, contact: contact.id };
  // At a company's own number anybody may call: only a person who is the customer himself is known by it.
  const { rows: ofCustomers } = await sql<{
    id: string;
    name: string | null;
    phones: (string | null)[];
    email: string | null;
  }>`select id, name, phone || other_phones as phones, email from customer
    where id = any(${customers}::uuid[]) and deleted_at is null order by id`.execute(ctx.db);
  const customer = same(ofCustomers);
  if (customer) return { kind: 'customer', id: customer.id, contact: null };
  const aside = same(ofLeads.filter(({ status }) => status === 'disqualified'));
  return aside ? { kind: 'lead', id: aside.id } : null;
}

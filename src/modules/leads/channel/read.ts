import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import type { FormField } from './fields.shared.ts';

/** A way in, as whoever comes by it meets it. */
export interface Channel {
  id: string;
  name: string;
  kind: 'form' | 'api';
  key: string;
  secretNumber: number;
  heading: string | null;
  intro: string | null;
  fields: FormField[];
  required: FormField[];
  products: { id: string; name: string }[];
  consentText: string | null;
  thanks: string | null;
  origins: string | null;
  source: string | null;
  campaign: string | null;
  owner: string | null;
}

/** The way in at this address. Throws `not_found`, also where it is switched off. */
export async function channelAt(
  { db }: Pick<Context, 'db'>,
  kind: Channel['kind'],
  key: string,
): Promise<Channel> {
  const { rows } =
    await sql<Channel>`select c.id, c.name, c.kind, c.key, c.secret_number as "secretNumber", c.heading,
      c.intro, c.fields, c.required, c.consent_text as "consentText", c.thanks, c.origins, c.source, c.campaign,
      c.owner_id as owner,
      coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name) from product p
        where p.id = any(c.product_ids) and p.deleted_at is null), '[]') as products
    from lead_channel c where c.key = ${key} and c.kind = ${kind} and c.active and c.deleted_at is null`.execute(
      db,
    );
  if (!rows[0]) throw notFound('leadChannel');
  return rows[0];
}

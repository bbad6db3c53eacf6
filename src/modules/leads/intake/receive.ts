import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide, makeDecided } from '../../../platform/entity/decided.ts';
import { changeRows, createDrafts, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { foldMail } from '../../../platform/text/mail.ts';
import { parsePhones } from '../../../platform/text/phones.ts';
import type { Channel } from '../channel/read.ts';
import { settleLead } from '../lead/states.ts';
import { routeLeads } from '../route/route.ts';
import { type Known, whoIs } from './known.ts';

/** What somebody says of himself. */
export interface Said {
  name: string | null;
  company: string | null;
  jobTitle: string | null;
  phone: string | null;
  email: string | null;
  wechat: string | null;
  province: string | null;
  city: string | null;
  remark: string | null;
  campaign: string | null;
  page: string | null;
  products: string[];
  /** The text he agreed to. */
  consent: string | null;
}

/** Class of the advisory locks under which one person comes in at a time. */
const COMING = 7_245_061;

/**
 * Takes somebody in who came by a form or an interface, once: whoever is known stands on his lead or customer as a further
 * inquiry, anybody else becomes a lead and is given to somebody. In the product's own name and the caller's transaction.
 */
export async function receive(ctx: Context, channel: Channel, said: Said): Promise<Exclude<Known, null>> {
  await oneAtATime(ctx, said);
  const known = await whoIs(ctx, {
    name: said.name,
    phones: said.phone ? [said.phone] : [],
    email: said.email,
  });
  if (known?.kind === 'customer') {
    const { rows } = await sql<{ owner: string | null; status: string }>`select owner_id as owner, status
      from customer where id = ${known.id}`.execute(ctx.db);
    const customer = rows[0];
    // Who looks after him is told; a customer nobody looks after is offered to somebody as a lead.
    if (customer?.owner || customer?.status !== 'active') {
      await writeInquiry(ctx, channel, said, { customer: known.id, contact: known.contact }, customer?.owner);
      if (customer?.owner && customer.status === 'active') await tellOwner(ctx, known, customer.owner, said);
      return known;
    }
  }
  if (known?.kind === 'lead') return again(ctx, channel, said, known.id);
  const id = await makeLead(ctx, channel, said, known);
  await writeInquiry(ctx, channel, said, { lead: id }, channel.owner);
  if (!channel.owner) await routeLeads(ctx, [id]);
  return { kind: 'lead', id };
}

/** The same person sent twice at once is one person. */
async function oneAtATime(ctx: Context, { phone, email }: Said): Promise<void> {
  const marks = [
    ...(phone ? parsePhones(phone).phones.map(({ digits }) => digits) : []),
    ...(email ? [foldMail(email)] : []),
  ];
  for (const mark of marks.sort())
    await sql`select pg_advisory_xact_lock(${COMING}, hashtext(${mark}))`.execute(ctx.db);
}

const filled = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));

const valuesOf = ({ consent, page: _page, ...said }: Said, channel: Channel) => ({
  ...filled({ ...said, campaign: said.campaign ?? channel.campaign, source: channel.source }),
  ...(consent === null ? {} : { consent: true }),
});

async function makeLead(ctx: Context, channel: Channel, said: Said, known: Known): Promise<string> {
  const [draft] = await createDrafts(ctx, entityNamed(ctx.registry, 'lead'), [
    { ...valuesOf(said, channel), owner: channel.owner },
  ]);
  const problems = draft?.problems ?? [];
  if (problems.length) throw invalid(problems);
  const id = (draft as { id: string }).id;
  if (known?.kind === 'customer') {
    const rows = await lockRows(ctx, entityNamed(ctx.registry, 'lead'), [id]);
    await decide(ctx, 'lead', rows, { customer: known.id, contact: known.contact }, { action: 'link' });
  }
  return id;
}

/** A lead comes again: what was not known of it is filled in, and its owner is told. */
async function again(
  ctx: Context,
  channel: Channel,
  said: Said,
  id: string,
): Promise<{ kind: 'lead'; id: string }> {
  const entity = entityNamed(ctx.registry, 'lead');
  const [row] = (await lockRows(ctx, entity, [id])) as [Row];
  const news = Object.entries(valuesOf(said, channel)).filter(([name]) => {
    const value = row[entity.fields[name]?.column ?? name];
    return value === null || value === false || (Array.isArray(value) && value.length === 0);
  });
  if (news.length) await changeRows(ctx, entity, [{ row, values: Object.fromEntries(news) }]);
  await writeInquiry(ctx, channel, said, { lead: id }, row.owner_id as string | null);
  if (row.status === 'disqualified') {
    const [now] = (await lockRows(ctx, entity, [id])) as [Row];
    await settleLead(ctx, now, 'new', {
      action: 'comeBack',
      set: { respondedAt: null, reason: null, reasonNote: null },
    });
  }
  if (row.owner_id)
    await notify(ctx, [
      {
        to: [row.owner_id as string],
        kind: 'lead.again',
        record: { entity: 'lead', id },
        key: `lead.again:${id}:${ctx.now}`,
      },
    ]);
  else await routeLeads(ctx, [id]);
  return { kind: 'lead', id };
}

async function writeInquiry(
  ctx: Context,
  channel: Channel,
  said: Said,
  on: { lead?: string; customer?: string; contact?: string | null },
  owner: string | null | undefined,
): Promise<void> {
  await makeDecided(
    ctx,
    'inquiry',
    [
      {
        ...filled(on),
        ...filled({
          campaign: said.campaign ?? channel.campaign,
          page: said.page,
          consentText: said.consent,
        }),
        subject: channel.heading ?? channel.name,
        content: said.remark,
        channel: channel.id,
        source: channel.source,
        receivedAt: ctx.now,
        owner: owner ?? null,
      },
    ],
    [{}],
  );
}

/** A customer who writes again is answered by who looks after him: today. */
async function tellOwner(
  ctx: Context,
  known: { id: string; contact: string | null },
  owner: string,
  said: Said,
): Promise<void> {
  const subject = translate(ctx.registry.words, 'zh', 'inquiry.task', {
    what: (said.remark ?? '').slice(0, 60),
  });
  const [task] = await createDrafts(ctx, entityNamed(ctx.registry, 'task'), [
    {
      subject,
      customer: known.id,
      ...(known.contact ? { contact: known.contact } : {}),
      dueDate: dayOf(ctx),
      priority: 'high',
      owner,
    },
  ]);
  if (task?.problems.length) throw invalid(task.problems);
  await notify(ctx, [
    {
      to: [owner],
      kind: 'inquiry.customer',
      record: { entity: 'customer', id: known.id },
      key: `inquiry.customer:${known.id}:${ctx.now}`,
    },
  ]);
}

import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { inTransaction } from '../../platform/context/transaction.ts';
import type { Draft } from '../../platform/entity/behaviour.ts';
import { updateRecord } from '../../platform/entity/records.ts';
import { problem } from '../../platform/errors/problem.ts';
import { type Chance, chance } from '../../platform/sample/random.ts';
import { daysAgo, type SampleFile, type SampleFiller, sampleRecords } from '../../platform/sample/sample.ts';
import { localToInstant } from '../../platform/time/instant.shared.ts';
import { introduceSamplePeople } from '../organisation/public.ts';
import { CUSTOMERS, mobile, personName, type SampleCustomer, sampleCustomer } from './company.ts';
import { departments, products, staff, tags } from './words.ts';

const BATCH = 100;
/** Customers of whoever set the company up. */
const OWN = 8;

type Ids = Record<string, string[]>;

/**
 * Fills an empty company with eight departments, forty people and two thousand customers with their people, follow-ups and
 * tasks, and with what the modules add. All or nothing; refused where there are customers already.
 * @param progress told after each batch: customers done, and of how many
 */
export async function fillSample(
  ctx: Context,
  fillers: readonly SampleFiller[],
  progress: (done: number, total: number) => Promise<void>,
): Promise<{ customers: number }> {
  return inTransaction({ ...ctx, noNews: true }, async (inner) => {
    const there = await sql`select 1 from customer limit 1`.execute(inner.db);
    if (there.rows.length) throw problem('sample_not_empty', { status: 409 });
    const administrator = await administratorOf(inner);
    const departments = await fillDepartments(inner);
    const people = await fillPeople(inner, departments);
    const customers: SampleFile[] = [];
    const tagIds = (
      await sampleRecords(
        inner,
        'tag',
        tags.map(([name, color]) => ({ name, color })),
      )
    ).map((draft) => draft.id);
    const price = (amount: string) => ({ amount, currency: inner.currency });
    await sampleRecords(
      inner,
      'product',
      products.map((product) => ({ ...product, price: price(product.price) })),
    );
    for (let start = 0; start < CUSTOMERS; start += BATCH) {
      const batch = Array.from({ length: BATCH }, (_, offset) =>
        sampleCustomer(
          start + offset,
          products.map(({ name }) => name),
          inner.currency,
        ),
      );
      const owners = { people, administrator };
      customers.push(...(await fillCustomers(inner, batch, start, owners, tagIds)));
      await progress(start + BATCH, CUSTOMERS);
    }
    for (const fill of fillers) await fill(inner, { administrator, departments, people, customers });
    return { customers: CUSTOMERS };
  });
}

/** Whoever set the company up, alone until now. */
async function administratorOf(ctx: Context): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from "user" order by created_at, id limit 1`.execute(
    ctx.db,
  );
  return rows[0]?.id as string;
}

async function fillDepartments(ctx: Context): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const { name, parent, region } of departments) {
    const [draft] = await sampleRecords(ctx, 'department', [
      { name, ...(parent ? { parent: ids[parent] } : {}), ...(region ? { region } : {}) },
    ]);
    ids[name] = (draft as Draft).id;
  }
  return ids;
}

async function fillPeople(ctx: Context, departmentIds: Record<string, string>): Promise<Ids> {
  const random = chance(20_260_101);
  const { rows } = await sql<{
    id: string;
    code: string;
  }>`select id, code from role where deleted_at is null`.execute(ctx.db);
  const role = (code: string) => rows.filter((row) => row.code === code).map((row) => row.id);
  const ids: Ids = {};
  let number = 0;
  for (const [department, { count, lead, title }] of Object.entries(staff)) {
    const values = Array.from({ length: count }, (_, order) => ({
      name: personName(random),
      email: `person${++number}@example.cn`,
      phone: mobile(9000 + number),
      jobTitle: order === 0 ? lead : title,
      department: departmentIds[department],
      roles: role(order === 0 ? 'manager' : 'salesperson'),
    }));
    ids[department] = (await sampleRecords(ctx, 'user', values)).map((draft) => draft.id);
    await introduceSamplePeople(ctx, ids[department]);
    const [manager] = ids[department];
    await updateRecord(ctx, 'department', departmentIds[department] as string, { manager }, null);
  }
  return ids;
}

async function fillCustomers(
  ctx: Context,
  batch: SampleCustomer[],
  start: number,
  { people, administrator }: { people: Ids; administrator: string },
  tagIds: string[],
): Promise<SampleFile[]> {
  const random = chance(start + 31);
  const today = Temporal.Instant.from(ctx.now);
  // The file began some time ago: the older the earlier in the sample.
  const age = 20 + Math.round(((CUSTOMERS - start) / CUSTOMERS) * 540);
  const began = daysAgo(ctx, age);
  const owners = batch.map(({ region }, index) =>
    start + index < OWN ? administrator : random.pick((people[region.department] as string[]).slice(1)),
  );
  const customers = await sampleRecords(
    began,
    'customer',
    batch.map(({ values }, index) => ({ ...values, owner: owners[index], tags: random.some(tagIds, 3) })),
  );
  const contactIds: string[][] = batch.map(() => []);
  const contacts = batch.flatMap((each, index) => each.contacts.map((values) => ({ index, values })));
  const created = await sampleRecords(
    began,
    'contact',
    contacts.map(({ index, values }) => ({
      ...values,
      customer: customers[index]?.id,
      owner: owners[index],
    })),
  );
  for (const [order, draft] of created.entries()) contactIds[contacts[order]?.index ?? 0]?.push(draft.id);
  const history = batch.flatMap((each, index) => each.history.map((event) => ({ index, ...event })));
  const common = ({ index }: { index: number }) => ({ customer: customers[index]?.id, owner: owners[index] });
  await sampleRecords(
    ctx,
    'activity',
    history.map((event) => ({
      ...common(event),
      kind: event.kind,
      subject: event.subject,
      content: event.content,
      contacts: [contactIds[event.index]?.[event.contact]].filter(Boolean),
      occurredAt: officeHour(ctx, event.daysAgo, random),
    })),
  );
  await fillTasks(
    ctx,
    history.flatMap((event) =>
      event.next
        ? [
            {
              daysAgo: event.daysAgo,
              values: {
                ...common(event),
                subject: event.next,
                dueDate: today
                  .subtract({ hours: 24 * (event.daysAgo - 3 - random.below(20)) })
                  .toString()
                  .slice(0, 10),
                status: event.daysAgo > 20 ? 'done' : 'open',
                contact: contactIds[event.index]?.[event.contact] ?? null,
              },
            },
          ]
        : [],
    ),
  );
  return customers.map(({ id }, index) => ({
    id,
    name: String(batch[index]?.values.name),
    owner: owners[index] as string,
    idleDays: Math.min(age, ...(batch[index]?.history.map((event) => event.daysAgo) ?? [])),
    contacts: created
      .filter((_, order) => contacts[order]?.index === index)
      .map((draft) => ({ id: draft.id, name: String(draft.values.name) })),
  }));
}

/** A moment of that day at which people work; never today, whose hours may be still to come. */
function officeHour(ctx: Context, days: number, random: Chance): string {
  const day = Temporal.PlainDate.from(dayOf(ctx)).subtract({ days: Math.max(days, 1) });
  return localToInstant(
    `${day}T${String(9 + random.below(9)).padStart(2, '0')}:${random.pick(['05', '20', '40'])}`,
    ctx.timeZone,
  );
}

/** Tasks are made when the follow-up was; to the month, so that a batch stays a batch. */
async function fillTasks(
  ctx: Context,
  tasks: { daysAgo: number; values: Record<string, unknown> }[],
): Promise<void> {
  const months = Map.groupBy(tasks, ({ daysAgo }) => Math.floor(daysAgo / 30));
  for (const [month, group] of months) {
    await sampleRecords(
      daysAgo(ctx, 30 * month),
      'task',
      group.map(({ values }) => values),
    );
  }
}

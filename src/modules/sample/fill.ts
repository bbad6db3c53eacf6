import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import { inTransaction } from '../../platform/context/transaction.ts';
import type { Draft } from '../../platform/entity/behaviour.ts';
import { createDrafts } from '../../platform/entity/records.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { invalid, problem } from '../../platform/errors/problem.ts';
import { CUSTOMERS, mobile, personName, type SampleCustomer, sampleCustomer } from './company.ts';
import { chance } from './random.ts';
import { departments, products, staff, tags } from './words.ts';

const BATCH = 100;

type Ids = Record<string, string[]>;

/**
 * Fills an empty company with eight departments, forty people and two thousand customers with their people, follow-ups and
 * tasks. All or nothing; refused where there are customers already.
 * @param progress told after each batch: customers done, and of how many
 */
export async function fillSample(
  ctx: Context,
  progress: (done: number, total: number) => Promise<void>,
): Promise<{ customers: number }> {
  return inTransaction(ctx, async (inner) => {
    const there = await sql`select 1 from customer limit 1`.execute(inner.db);
    if (there.rows.length) throw problem('sample_not_empty', { status: 409 });
    const departmentIds = await fillDepartments(inner);
    const people = await fillPeople(inner, departmentIds);
    const tagIds = (
      await create(
        inner,
        'tag',
        tags.map(([name, color]) => ({ name, color })),
      )
    ).map((draft) => draft.id);
    const price = (amount: string) => ({ amount, currency: inner.currency });
    await create(
      inner,
      'product',
      products.map((product) => ({ ...product, price: price(product.price) })),
    );
    for (let start = 0; start < CUSTOMERS; start += BATCH) {
      const batch = Array.from({ length: BATCH }, (_, offset) =>
        sampleCustomer(
          start + offset,
          products.map(({ name }) => name),
        ),
      );
      await fillCustomers(inner, batch, start, people, tagIds);
      await progress(start + BATCH, CUSTOMERS);
    }
    return { customers: CUSTOMERS };
  });
}

/** Creates records; a sample that does not fit the declarations is a mistake of ours and is told in full. */
async function create(ctx: Context, entity: string, values: Record<string, unknown>[]): Promise<Draft[]> {
  const drafts = await createDrafts(ctx, entityNamed(ctx.registry, entity), values);
  const problems = drafts.flatMap((draft) => draft.problems);
  if (problems.length) throw invalid(problems.slice(0, 20));
  return drafts;
}

async function fillDepartments(ctx: Context): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const { name, parent, region } of departments) {
    const [draft] = await create(ctx, 'department', [
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
    ids[department] = (await create(ctx, 'user', values)).map((draft) => draft.id);
  }
  return ids;
}

async function fillCustomers(
  ctx: Context,
  batch: SampleCustomer[],
  start: number,
  people: Ids,
  tagIds: string[],
): Promise<void> {
  const random = chance(start + 31);
  const today = Temporal.Instant.from(ctx.now);
  // The file began some time ago: the older the earlier in the sample.
  const began = {
    ...ctx,
    now: today
      .subtract({ hours: 24 * (20 + Math.round(((CUSTOMERS - start) / CUSTOMERS) * 540)) })
      .toString(),
  };
  const owners = batch.map(({ region }) => random.pick((people[region.department] as string[]).slice(1)));
  const customers = await create(
    began,
    'customer',
    batch.map(({ values }, index) => ({ ...values, owner: owners[index], tags: random.some(tagIds, 3) })),
  );
  const contactIds: string[][] = batch.map(() => []);
  const contacts = batch.flatMap((each, index) => each.contacts.map((values) => ({ index, values })));
  const created = await create(
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
  await create(
    ctx,
    'activity',
    history.map((event) => ({
      ...common(event),
      kind: event.kind,
      subject: event.subject,
      content: event.content,
      contacts: [contactIds[event.index]?.[event.contact]].filter(Boolean),
      occurredAt: today.subtract({ hours: 24 * event.daysAgo + random.below(8) }).toString(),
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
}

/** Tasks are made when the follow-up was; to the month, so that a batch stays a batch. */
async function fillTasks(
  ctx: Context,
  tasks: { daysAgo: number; values: Record<string, unknown> }[],
): Promise<void> {
  const months = Map.groupBy(tasks, ({ daysAgo }) => Math.floor(daysAgo / 30));
  for (const [month, group] of months) {
    const now = Temporal.Instant.from(ctx.now)
      .subtract({ hours: 24 * 30 * month })
      .toString();
    await create(
      { ...ctx, now },
      'task',
      group.map(({ values }) => values),
    );
  }
}

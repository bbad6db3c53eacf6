import { sql } from 'kysely';
import { z } from 'zod';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { countRecords } from '../../../platform/entity/list.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { FESTIVALS, festivalsOn } from '../dates/festivals.shared.ts';
import { dueFor, textFor } from './generate.ts';
import {
  conditionsOf,
  countingMore,
  greetedBy,
  isSound,
  meant,
  type Person,
  type Plan,
  peopleOn,
  plansOf,
} from './people.ts';
import { unknownPlaceholders } from './text.ts';

/** So far ahead somebody is looked for: the longest way to the next festival. */
const DAYS_AHEAD = 400;
const BIRTHDAYS_AHEAD = 60;
const PAGE = 200;
const MOST_PAGES = 5;
const SHOWN = 3;

const body = z.strictObject({
  /** The plan that is changed; none is a new one. */
  id: z.uuid().optional(),
  occasion: z.enum(['birthday', 'memory', 'anniversary', 'festival']),
  festival: z.enum(FESTIVALS).nullish(),
  action: z.string().max(20).default('message'),
  grades: z.string().max(200).nullish(),
  segment: z.uuid().nullish(),
  leadDays: z.int().min(0).max(30).default(0),
  assignee: z.uuid().nullish(),
  text: z.string().max(2000).nullish(),
});

/** The plans in use of which nobody can tell any more whom they are for: nothing is made by them until they are mended. */
export function brokenPlansRoute(): Route {
  return route({
    method: 'GET',
    path: '/care/broken-plans',
    summary: 'Care plans whose segment has lost its condition',
    tag: 'care',
    async handle({ ctx }) {
      if (!ctx.policies.for('carePlan').can('read')) throw forbidden();
      const system = asSystem(ctx, 'care plan');
      const items: string[] = [];
      for (const plan of await plansOf(ctx)) if (!(await isSound(system, plan))) items.push(plan.id);
      return { items };
    },
  });
}

/** How a plan would come out for the next real people of it, before it is saved. */
export function planPreviewRoute(): Route {
  return route({
    method: 'POST',
    path: '/care-plans/preview',
    summary:
      'How many customers a care plan is for, and what the next of them would be told; nothing is made',
    tag: 'care',
    status: 200,
    body,
    handle: ({ ctx, body: draft }) => previewPlan(ctx, draft),
  });
}

async function previewPlan(ctx: Context, draft: z.output<typeof body>) {
  const plans = ctx.policies.for('carePlan');
  if (!plans.can('create') && !plans.can('update')) throw forbidden();
  const plan: Plan = {
    id: draft.id ?? '',
    name: '',
    occasion: draft.occasion,
    festival: draft.festival ?? null,
    action: draft.action,
    grades: draft.grades ?? null,
    segment: draft.segment ?? null,
    leadDays: draft.leadDays,
    assignee: draft.assignee ?? null,
    text: draft.text ?? null,
  };
  const unknown = unknownPlaceholders(plan.text ?? '');
  if (!(await isSound(ctx, plan))) return { customers: null, people: [], unknown };
  const filter = { and: [{ field: 'status', op: 'eq' as const, value: 'active' }, ...conditionsOf(plan)] };
  const customers = await countRecords(ctx, 'customer', { filter });
  return { customers, people: tellable(ctx, plan) ? await nextPeople(ctx, plan) : [], unknown };
}

/** Whether the caller may read what the occasion goes by: a preview tells no day he may not know. */
function tellable(ctx: Context, { occasion }: Plan): boolean {
  const person = ctx.policies.for('contact');
  if (!person.sees('name')) return false;
  if (occasion === 'festival') return true;
  if (occasion === 'birthday')
    return person.sees('birthday') && ctx.policies.for('customer').sees('birthday');
  const memory = ctx.policies.for('rememberedFact');
  return memory.can('read') && memory.sees('text') && memory.sees('day');
}

async function nextPeople(ctx: Context, plan: Plan) {
  const today = Temporal.PlainDate.from(dayOf(ctx));
  const ahead = plan.occasion === 'festival' ? DAYS_AHEAD : BIRTHDAYS_AHEAD;
  for (let days = 0; days < ahead; days += 1) {
    const day = today.add({ days }).toString();
    if (plan.occasion === 'festival' && !(plan.festival && festivalsOn(day).includes(plan.festival)))
      continue;
    const people = await seenOn(ctx, plan, day);
    if (people.length) {
      const other = await othersOn(ctx, plan, day, people);
      return people.map((person) => ({
        name: person.name,
        company: person.company,
        on: day,
        due: dueFor(ctx, plan, day),
        text: textFor(ctx, plan, person),
        by: other.get(person.person) ?? null,
      }));
    }
    // A festival comes once a year: who is not there on it is not there on the next one either.
    if (plan.occasion === 'festival') return [];
  }
  return [];
}

/** Whom another plan greets on the day instead, and which: one that counts more, or that has made its greeting already. */
async function othersOn(
  ctx: Context,
  plan: Plan,
  day: string,
  people: readonly Person[],
): Promise<Map<string, string>> {
  const only = people.map(({ person }) => person);
  // What another plan goes by is told only to whom it may be told: a birthday shows in who congratulates.
  const told = (await plansOf(ctx)).filter((other) => tellable(ctx, other));
  const before: Plan[] = [];
  for (const other of countingMore(told, plan)) if (await isSound(ctx, other)) before.push(other);
  const found = new Map<string, string>();
  for (const [person, { name }] of await greetedBy(ctx, before, day, only)) found.set(person, name);
  const { rows } = await sql<{
    person: string;
    name: string;
  }>`select coalesce(i.contact_id, i.customer_id) as person, p.name
    from care_item i join care_plan p on p.id = i.plan_id
    where i.occasion_on = ${day}::date and i.deleted_at is null and i.customer_id = any(${people.map(({ customer }) => customer)}::uuid[])
      and p.id::text <> ${plan.id} and p.id = any(${told.map(({ id }) => id)}::uuid[]) and coalesce(i.contact_id, i.customer_id) = any(${only}::uuid[])`.execute(
    ctx.db,
  );
  for (const { person, name } of rows) if (!found.has(person)) found.set(person, name);
  return found;
}

/** Some of those the plan is for on a day, as far as the caller sees them; what waits in a pool has nobody to greet it. */
async function seenOn(ctx: Context, plan: Plan, day: string): Promise<Person[]> {
  const found: Person[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES && found.length < SHOWN; page += 1) {
    const people = await peopleOn(ctx, plan, day, { limit: PAGE, ...(after ? { after } : {}) });
    const theirs = await meant(
      ctx,
      plan,
      people.filter(({ owner }) => owner !== null),
    );
    const titles = await titlesOf(
      ctx,
      new Map([
        ['contact', new Set(theirs.flatMap(({ contact }) => contact ?? []))],
        ['customer', new Set(theirs.map(({ customer }) => customer))],
      ]),
    );
    found.push(...theirs.filter(({ person, customer }) => titles.get(person) && titles.get(customer)));
    after = people.at(-1)?.person;
    if (people.length < PAGE) break;
  }
  return found.slice(0, SHOWN);
}

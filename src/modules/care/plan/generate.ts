import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { createDrafts } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { salutation } from '../../../platform/text/surname.ts';
import { addWorkdays } from '../../../platform/time/business-calendar.ts';
import { greetedBy, isSound, meant, type Person, type Plan, peopleOn, plansOf } from './people.ts';
import { filledText } from './text.ts';

const PAGE = 500;
/** Working days may lie far apart: a month of them is within this many days. */
const DAYS_PER_WORKDAY = 2;
const LONGEST_HOLIDAY = 15;

/** When work on a plan's day begins. */
export const dueFor = (
  ctx: Pick<Context, 'businessDays'>,
  plan: Pick<Plan, 'leadDays'>,
  day: string,
): string => (plan.leadDays === 0 ? day : addWorkdays(ctx.businessDays, day, -plan.leadDays));

/** The days a plan has to begin on by now, from today on: what lies behind is not made up for. */
export function daysDue(ctx: Context, plan: Pick<Plan, 'leadDays'>): string[] {
  const today = Temporal.PlainDate.from(dayOf(ctx));
  const ahead = plan.leadDays === 0 ? 1 : plan.leadDays * DAYS_PER_WORKDAY + LONGEST_HOLIDAY;
  return Array.from({ length: ahead }, (_, days) => today.add({ days }).toString()).filter(
    (day) => dueFor(ctx, plan, day) <= today.toString(),
  );
}

/**
 * Makes what all plans ask for by today. Nobody gets two on a day, by whatever plans, however often and by however many
 * processes this runs: the day of a person is taken once, in the transaction that makes the item. A plan that cannot be told
 * apart any more is named, and holds no other up.
 */
export async function generate(
  ctx: Context,
  progress: (made: number) => Promise<void> = async () => {},
): Promise<{ made: number; refused: string[] }> {
  const plans: Plan[] = [];
  const refused: string[] = [];
  for (const plan of await plansOf(ctx))
    if (await isSound(ctx, plan)) plans.push(plan);
    else refused.push(plan.name);
  let made = 0;
  for (const [at, plan] of plans.entries())
    for (const day of daysDue(ctx, plan)) {
      for (let after: string | undefined; ; ) {
        const page = await peopleOn(ctx, plan, day, { limit: PAGE, ...(after ? { after } : {}) });
        made += await make(ctx, plan, day, await chosen(ctx, plans.slice(0, at), plan, day, page));
        await progress(made);
        after = page.at(-1)?.person;
        if (page.length < PAGE) break;
      }
    }
  return { made, refused };
}

/** Those a plan is for, without those whom something that counts more is coming to on the same day. */
async function chosen(
  ctx: Context,
  before: readonly Plan[],
  plan: Plan,
  day: string,
  page: readonly Person[],
): Promise<Person[]> {
  const only = page.map(({ person }) => person);
  const taken = await greetedBy(ctx, before, day, only);
  const free = page.filter(({ person, owner }) => owner !== null && !taken.has(person));
  return meant(ctx, plan, free);
}

async function make(ctx: Context, plan: Plan, day: string, people: readonly Person[]): Promise<number> {
  if (people.length === 0) return 0;
  return inTransaction(asSystem(ctx, 'care plan'), async (inner) => {
    const { rows } = await sql<{ person_id: string }>`insert into care_day (person_id, day, use)
      select person, ${day}::date, 'planned' from unnest(${people.map(({ person }) => person)}::uuid[]) as person
      order by person on conflict do nothing returning person_id`.execute(inner.db);
    const free = new Set(rows.map((row) => row.person_id));
    const values = people
      .filter(({ person }) => free.has(person))
      .map((person) => itemOf(inner, plan, day, person));
    if (values.length === 0) return 0;
    const drafts = await createDrafts(inner, entityNamed(inner.registry, 'careItem'), values);
    const problem = drafts.flatMap(({ problems }) => problems)[0];
    if (problem) throw new Error(`care plan ${plan.id}: ${problem.path} ${problem.code}`);
    return values.length;
  });
}

function occasionOf(ctx: Context, plan: Plan, person: Person): string {
  const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
  return plan.occasion === 'festival'
    ? say(`carePlan.festival.${plan.festival}`)
    : (person.memory ?? say(`carePlan.occasion.${plan.occasion}`));
}

/** The plan's text as one person gets it. */
export const textFor = (ctx: Context, plan: Plan, person: Person): string =>
  filledText(plan.text ?? '', {
    name: salutation(person.name, person.sex ?? undefined),
    company: person.company,
    occasion: occasionOf(ctx, plan, person),
    memory: person.memory ?? '',
  });

function itemOf(ctx: Context, plan: Plan, day: string, person: Person): Record<string, unknown> {
  const occasion = occasionOf(ctx, plan, person);
  return {
    subject: `${person.name} · ${occasion}`.slice(0, 200),
    customer: person.customer,
    contact: person.contact,
    owner: person.owner,
    plan: plan.id,
    occasion: plan.occasion,
    occasionOn: day,
    dueDate: dueFor(ctx, plan, day),
    action: plan.action,
    text: textFor(ctx, plan, person),
  };
}

import { type Achieved, achieved } from '../../../platform/achievements/read.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { workdaysBetween } from '../../../platform/time/business-calendar.ts';
import { lastDay, type PeriodKind, yearBefore } from '../../../platform/time/period.shared.ts';
import { type AspectTold, askedOf, aspectTold, measureLabel, requireMeasure } from '../measure.ts';
import { belowOf, type Person, peopleSeen, seesAll, seesTeam, type Team, teamsOf } from '../people.ts';
import { type Aspect, sumOf, targetsFor } from '../target/read.ts';

export interface AttainmentLine {
  kind: 'company' | 'team' | 'person';
  id: string;
  name: string;
  parent: string | null;
  target: string | null;
  /** What the people of it have for targets together; of a person nothing. */
  below: string | null;
  actual: string;
  /** So many records made it up. */
  records: number;
  /** Per cent of the target. */
  rate: string | null;
  /** Per cent of the target there should be by today. */
  expected: string | null;
  /** The same days a year ago. */
  lastYear: string;
}

export interface Attainment {
  measure: string;
  of: AspectTold;
  label: string;
  unit: 'money' | 'count';
  currency: string;
  from: string;
  to: string;
  workdays: { gone: number; all: number };
  lines: AttainmentLine[];
}

interface AttainmentWish {
  measure: string;
  period: PeriodKind;
  startsOn: string;
  aspect: Aspect;
}

/** How far everybody the caller sees has come with a target. Two questions to the database, however many people. */
export async function attainmentOf(ctx: Context, wish: AttainmentWish): Promise<Attainment> {
  if (!ctx.policies.for('salesTarget').can('read')) throw forbidden();
  const achievement = requireMeasure(ctx, wish.measure);
  const from = wish.startsOn;
  const to = lastDay(wish.period, from);
  const today = dayOf(ctx);
  const seen = to < today ? to : today;
  const asked = await askedOf(ctx, wish.aspect, from, to);
  const before = { ...asked, from: yearBefore(from), to: yearBefore(seen < from ? to : seen) };
  const [people, teams, target, now, past] = await Promise.all([
    peopleSeen(ctx),
    teamsOf(ctx),
    targetsFor(ctx, [wish.measure], wish.aspect, wish.period, from),
    achieved(ctx, achievement, asked),
    achieved(ctx, achievement, before),
  ]);
  const workdays = workdaysOf(ctx, from, to, today);
  const targetOf = (subject: string) => target(wish.measure, subject);
  const lines = linesOf({ ctx, people, teams, targetOf, now: byPerson(now), past: byPerson(past), workdays });
  const { label, unit } = { label: measureLabel(ctx, wish.measure), unit: achievement.unit };
  const of = await aspectTold(ctx, wish.aspect);
  return { measure: wish.measure, of, label, unit, currency: ctx.currency, from, to, workdays, lines };
}

/** Working days of a period, and those gone by with today. */
export function workdaysOf({ businessDays }: Context, from: string, to: string, today: string) {
  const eve = Temporal.PlainDate.from(from).subtract({ days: 1 }).toString();
  const until = today < eve ? eve : today > to ? to : today;
  return { gone: workdaysBetween(businessDays, eve, until), all: workdaysBetween(businessDays, eve, to) };
}

type ByPerson = ReadonlyMap<string, Pick<Achieved, 'amount' | 'records'>>;
const byPerson = (all: readonly Achieved[]): ByPerson =>
  new Map(all.map((each) => [each.person ?? '', each]));

interface Given {
  ctx: Context;
  people: readonly Person[];
  teams: readonly Team[];
  targetOf: (subject: string) => string | null;
  now: ByPerson;
  past: ByPerson;
  workdays: Attainment['workdays'];
}

function linesOf(given: Given): AttainmentLine[] {
  const { ctx, people, teams, targetOf, now, past, workdays } = given;
  const counts = ({ id, active }: Person) => active || now.has(id) || targetOf(id) !== null;
  const shown = people.filter(counts);
  const below = belowOf(teams);
  const line = (
    head: Pick<AttainmentLine, 'kind' | 'id' | 'name' | 'parent'>,
    members: readonly string[],
  ): AttainmentLine => {
    const add = (all: ByPerson) => sumOf(members.map((id) => all.get(id)?.amount ?? null)) ?? '0';
    const sum = head.kind === 'person' ? null : sumOf(members.map((id) => (id ? targetOf(id) : null)));
    const target = targetOf(head.id) ?? sum;
    const actual = add(now);
    return {
      ...head,
      target,
      below: sum,
      actual,
      records: members.reduce((all, id) => all + (now.get(id)?.records ?? 0), 0),
      ...rateOf(target, actual, workdays),
      lastYear: add(past),
    };
  };
  const inTeam = (team: string) =>
    shown.flatMap(({ id, department }) => (department && below(team).has(department) ? id : []));
  const inside = Map.groupBy(shown, ({ department }) => department ?? '');
  const told = teams.filter(({ id }) => seesTeam(ctx, id) && inTeam(id).length > 0);
  const known = new Set(told.map(({ id }) => id));
  const one = ({ id, name, department }: Person) =>
    line({ kind: 'person', id, name, parent: department }, [id]);
  return [
    // What nobody is named on is the company's all the same.
    ...(seesAll(ctx)
      ? [
          line({ kind: 'company', id: '', name: '', parent: null }, [
            ...new Set([...shown.map(({ id }) => id), ...now.keys(), ...past.keys()]),
          ]),
        ]
      : []),
    ...told.flatMap((team) => [
      line({ kind: 'team', id: team.id, name: team.name, parent: team.parent }, inTeam(team.id)),
      ...(inside.get(team.id) ?? []).map(one),
    ]),
    ...shown.filter(({ department }) => !department || !known.has(department)).map(one),
  ];
}

/** How much of a target is reached, and how much of it should be by today, in per cent. */
export function rateOf(
  target: string | null,
  actual: string,
  { gone, all }: Attainment['workdays'],
): Pick<AttainmentLine, 'rate' | 'expected'> {
  const rate = target === null || Number(target) === 0 ? null : percent(actual, target);
  return { rate, expected: rate === null || all === 0 ? null : percent(String(gone), String(all)) };
}

const percent = (part: string, whole: string) =>
  new Exact(part).div(whole).times(100).toDecimalPlaces(1).toFixed();

/** The people a line is about: null is everybody, with nobody's. */
export async function peopleOfLine(
  ctx: Context,
  { person, team }: { person?: string | undefined; team?: string | undefined },
): Promise<string[] | null> {
  const people = await peopleSeen(ctx);
  if (person) {
    if (!people.some(({ id }) => id === person)) throw forbidden();
    return [person];
  }
  if (!team) {
    if (!seesAll(ctx)) throw forbidden();
    return null;
  }
  if (!seesTeam(ctx, team)) throw forbidden();
  const inside = belowOf(await teamsOf(ctx))(team);
  return people.flatMap(({ id, department }) => (department && inside.has(department) ? id : []));
}

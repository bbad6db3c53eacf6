import { sql } from 'kysely';
import { achieved } from '../../../platform/achievements/read.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { lastDay, type PeriodKind, yearBefore } from '../../../platform/time/period.shared.ts';
import { askedOf, requireMeasure } from '../measure.ts';
import { belowOf, type Person, peopleSeen, teamsOf } from '../people.ts';
import { targetsFor } from '../target/read.ts';
import type { Definition, Indicator } from './definition.ts';
import { levelOf, type Numbers, ranks, type Score, scoreOf, totalOf } from './score.ts';
import { type Meaning, stepsOf, vocabulary } from './words.ts';

export interface Scheme {
  id: string;
  name: string;
  period: PeriodKind;
  departments: readonly string[];
  definition: Definition;
}

/** What one person comes to. */
export interface Computed {
  person: string;
  name: string;
  department: string | null;
  scores: Score[];
  total: string;
  level: string | null;
  rank: number;
}

/** A statement takes this long at most: a lock looks at everybody's whole period. */
const LIMIT_MS = 60_000;

/**
 * What everybody a scheme is for comes to in a period. One question to the database for each measure it needs, whatever the number
 * of people; whose results are shown is the caller's to ask.
 * @param only fewer people, to try a formula
 */
export async function computeAll(
  ctx: Context,
  scheme: Scheme,
  startsOn: string,
  only?: ReadonlySet<string>,
): Promise<Computed[]> {
  const all = asSystem(ctx, translate(ctx.registry.words, 'zh', 'assessment.reason'));
  const people = (await assessed(all, scheme)).filter(({ id }) => !only || only.has(id));
  const { indicators } = scheme.definition;
  const words = vocabulary(ctx);
  const numbers = await numbersFor(all, scheme, { startsOn, words, ...(only ? { people: [...only] } : {}) });
  const judged = await judgements(all, scheme.id, startsOn);
  const steps = new Map(
    indicators.flatMap((each) =>
      each.kind === 'computed' ? [[each.key, stepsOf(each, words)] as const] : [],
    ),
  );
  const rows = people.map(({ id, name, department }) => {
    const of = numbers(id);
    const scores = indicators.map((indicator): Score => {
      const { key, kind, weight, measure, formula } = indicator;
      const head = { key, name: indicator.name, kind, weight, measure, formula };
      const read = steps.get(key);
      if (read) return { ...head, ...scoreOf(indicator, read, words, of), note: null, by: null };
      const given = judged.get(`${id}/${key}`);
      const nothing = { target: null, actual: null, lastYear: null, values: {}, problem: null };
      return {
        ...head,
        ...nothing,
        score: given?.score ?? null,
        note: given?.note ?? null,
        by: given?.by ?? null,
      };
    });
    return { person: id, name, department, scores, total: totalOf(scores) };
  });
  const places = ranks(rows.map(({ total }) => total));
  return rows
    .map((row, at) => ({ ...row, level: levelOf(scheme.definition, row.total), rank: places[at] as number }))
    .toSorted((a, b) => a.rank - b.rank);
}

/** Whom the scheme is for: everybody at work, of its departments and those below. */
async function assessed(ctx: Context, { departments }: Scheme): Promise<Person[]> {
  const people = (await peopleSeen(ctx)).filter(({ active }) => active);
  if (departments.length === 0) return people;
  const below = belowOf(await teamsOf(ctx));
  const inside = new Set(departments.flatMap((id) => [...below(id)]));
  return people.filter(({ department }) => department && inside.has(department));
}

interface Question {
  measure: string;
  product: string | null;
  category: string | null;
  /** Its formula compares with a year ago. */
  lastYear: boolean;
}

const keyOf = ({ measure, product, category }: Omit<Question, 'lastYear'>) =>
  `${measure}/${product ?? ''}/${category ?? ''}`;
const aspectOf = (measure: string, of: Indicator | null) => ({
  measure,
  product: of?.product ?? null,
  category: of?.category ?? null,
});

/** What has to be known for the formulas: each measure once. */
function questionsOf({ definition }: Scheme, words: ReadonlyMap<string, Meaning>): Question[] {
  const asked = new Map<string, Question>();
  const ask = (question: Question) => {
    const before = asked.get(keyOf(question));
    asked.set(keyOf(question), { ...question, lastYear: question.lastYear || (before?.lastYear ?? false) });
  };
  for (const indicator of definition.indicators.filter(({ kind }) => kind === 'computed')) {
    if (indicator.measure) ask({ ...aspectOf(indicator.measure, indicator), lastYear: false });
    for (const name of stepsOf(indicator, words).names) {
      const { measure, what } = words.get(name) as Meaning;
      const of = measure ?? indicator.measure;
      if (of && what !== 'weight')
        ask({ ...aspectOf(of, measure ? null : indicator), lastYear: what === 'lastYear' });
    }
  }
  return [...asked.values()];
}

/** Actual numbers, targets and those of a year ago, of everybody, or of some people. */
async function numbersFor(
  ctx: Context,
  scheme: Scheme,
  { startsOn, words, people }: { startsOn: string; words: ReadonlyMap<string, Meaning>; people?: string[] },
): Promise<(person: string) => Numbers> {
  const { period } = scheme;
  const to = lastDay(period, startsOn);
  const actual = new Map<string, string>();
  const past = new Map<string, string>();
  const target = new Map<string, Awaited<ReturnType<typeof targetsFor>>>();
  const questions = questionsOf(scheme, words);
  const read = async (question: Question, into: Map<string, string>, from: string, until: string) => {
    const asked = { ...(await askedOf(ctx, question, from, until)), people };
    const achievement = requireMeasure(ctx, question.measure);
    for (const { person, amount } of await achieved(ctx, achievement, asked, { limitMs: LIMIT_MS }))
      into.set(`${keyOf(question)}/${person ?? ''}`, amount);
  };
  for (const question of questions) {
    await read(question, actual, startsOn, to);
    if (question.lastYear) await read(question, past, yearBefore(startsOn), yearBefore(to));
    const aspect = `${question.product ?? ''}/${question.category ?? ''}`;
    if (target.has(aspect)) continue;
    const same = questions.filter(
      (each) => each.product === question.product && each.category === question.category,
    );
    const measures = same.map(({ measure }) => measure);
    target.set(aspect, await targetsFor(ctx, measures, question, period, startsOn));
  }
  return (person) => ({
    actual: (measure, of) => actual.get(`${keyOf(aspectOf(measure, of))}/${person}`) ?? '0',
    lastYear: (measure, of) => past.get(`${keyOf(aspectOf(measure, of))}/${person}`) ?? '0',
    target: (measure, of) =>
      target.get(`${of?.product ?? ''}/${of?.category ?? ''}`)?.(measure, person) ?? null,
  });
}

interface Judgement {
  person: string;
  indicator: string;
  score: string;
  note: string | null;
  by: string | null;
}

async function judgements(ctx: Context, scheme: string, startsOn: string): Promise<Map<string, Judgement>> {
  const { rows } =
    await sql<Judgement>`select person_id as person, indicator, trim_scale(score)::text as score, note,
      by_id as by from assessment_judgement where scheme_id = ${scheme} and starts_on = ${startsOn}::date`.execute(
      ctx.db,
    );
  return new Map(rows.map((row) => [`${row.person}/${row.indicator}`, row]));
}

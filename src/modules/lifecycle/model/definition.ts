import { sql } from 'kysely';
import { z } from 'zod';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { type FieldProblem, invalid, ProblemError } from '../../../platform/errors/problem.ts';
import { conditionOf, located, withMeasures } from '../../grades/public.ts';
import { type Circle, circlesOf } from './circles.ts';
import type { ModelDefinition } from './definition.shared.ts';

const words = (max: number) =>
  z.strictObject({ zh: z.string().trim().min(1).max(max), en: z.string().trim().min(1).max(max) });
const code = z
  .string()
  .min(1)
  .max(30)
  .regex(/^[^\s"'\\]+$/);

export const definitionInput = z.strictObject({
  stages: z
    .array(
      z.strictObject({
        value: code,
        label: words(30),
        color: z.enum(['zhu', 'teng', 'song', 'dai']).optional(),
        advice: words(500),
        work: z
          .array(
            z.strictObject({
              subject: words(200),
              days: z.int().min(0).max(365),
              priority: z.enum(['high', 'normal', 'low']).optional(),
            }),
          )
          .max(10),
      }),
    )
    .min(2)
    .max(12),
  moves: z
    .array(
      z.strictObject({
        from: code,
        to: code,
        filter: z.record(z.string(), z.unknown()).nullable(),
        evidence: words(200),
      }),
    )
    .max(60),
});

/** Refuses a model that contradicts itself or has rules that cannot be understood; a measure not there yet is let pass. */
export async function checkModel(ctx: Context, { stages, moves }: ModelDefinition): Promise<void> {
  const problems: FieldProblem[] = [];
  const known = stages.map(({ value }) => value);
  for (const [at, value] of known.entries())
    if (known.indexOf(value) !== at)
      problems.push({ path: `definition.stages.${at}.value`, code: 'stage_twice' });
  for (const [at, move] of moves.entries()) {
    for (const end of ['from', 'to'] as const)
      if (!known.includes(move[end]))
        problems.push({ path: `definition.moves.${at}.${end}`, code: 'unknown_stage' });
    if (move.from === move.to) problems.push({ path: `definition.moves.${at}.to`, code: 'stage_same' });
    try {
      if (move.filter) await moveCondition(ctx, move.filter, at);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.code !== 'measure_missing')
        problems.push(
          ...(error.errors.length
            ? error.errors
            : [{ path: 'definition', code: error.code, params: error.params }]),
        );
    }
  }
  for (const circle of problems.length ? [] : circlesOf(moves))
    if (circle.certain)
      problems.push({
        path: `definition.moves.${circle.moves.at(-1)}.filter`,
        code: 'stage_circle',
        params: { way: wayOf(ctx, { stages, moves }, circle) },
      });
  if (problems.length) throw invalid(problems);
}

const wayOf = (ctx: Context, { stages, moves }: ModelDefinition, circle: Circle): string => {
  const { language } = ctx.principal;
  const name = (value: string | undefined) =>
    stages.find((stage) => stage.value === value)?.label[language] ?? '';
  const [first] = circle.moves;
  return [moves[first as number]?.from, ...circle.moves.map((at) => moves[at]?.to)].map(name).join(' → ');
};

/** Customers looked at for rules that only they can show to contradict each other. */
const SAMPLE = 5000;

/** Ways round of which some customer there is fulfils every rule today, with how many of a sample do. */
export async function circlesInUse(
  ctx: Context,
  definition: ModelDefinition,
): Promise<{ way: string; count: number }[]> {
  const found: { way: string; count: number }[] = [];
  for (const circle of circlesOf(definition.moves)) {
    try {
      const rules = await Promise.all(
        circle.moves.map((at) => moveCondition(ctx, definition.moves[at]?.filter, at)),
      );
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from (select * from customer
          where deleted_at is null order by updated_at desc limit ${SAMPLE}) t
        where ${sql.join(rules, sql` and `)}`.execute(ctx.db);
      const count = rows[0]?.n ?? 0;
      if (count) found.push({ way: wayOf(ctx, definition, circle), count });
    } catch (error) {
      // What waits for a measure cannot be tried.
      if (!(error instanceof ProblemError)) throw error;
    }
  }
  return found;
}

/** The rule of a move as a condition on customer rows `t`. */
export const moveCondition = (ctx: Context, filter: unknown, at: number) =>
  located(`moves.${at}.filter`, () => conditionOf(withMeasures(asSystem(ctx, 'lifecycle')), filter));

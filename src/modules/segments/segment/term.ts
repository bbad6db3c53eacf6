import { type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { unveiled } from '../../../platform/access/pool.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { type CompiledFilter, compileFilter, type NamedTerm } from '../../../platform/entity/filter.ts';
import { badFilter, type FilterScope } from '../../../platform/entity/filter-compare.ts';
import { ProblemError, problem } from '../../../platform/errors/problem.ts';
import { findSegment, type Segment } from './read.ts';

/** What is being compiled around a segment: which it lies within, and how many were opened for it in all. */
interface Within {
  outer: readonly string[];
  opened: { count: number };
}

const MOST_OPENED = 100;

/** `{"segment": id}` in a filter: the members of a segment, found with the caller's own rights. */
export const segmentTerm: NamedTerm = (scope, value, path) =>
  termWithin({ outer: [], opened: { count: 0 } })(scope, value, path);

const termWithin =
  (within: Within): NamedTerm =>
  async (scope, value, path) => {
    const id = z.guid().safeParse(value);
    if (!id.success) throw badFilter(path, 'bad_uuid');
    const segment = await findSegment(scope.ctx, id.data);
    if (!segment) throw badFilter(path, 'unknown_segment');
    if (segment.entity !== scope.policy.entity.name) throw badFilter(path, 'segment_of_other_type');
    within.opened.count += 1;
    if (within.outer.includes(segment.id)) throw badFilter(path, 'segment_cycle');
    if (within.opened.count > MOST_OPENED) throw badFilter(path, 'filter_too_long', { max: MOST_OPENED });
    return membership(scope, segment, within);
  };

/**
 * Being a member, as a condition on rows `scope.alias`. Refuses with `segment_hidden` where the definition asks for what the
 * caller may not see, and with `segment_broken` where it cannot be understood any more: never a part of the answer.
 */
export async function membership(
  scope: FilterScope,
  segment: Segment,
  within: Within = { outer: [], opened: { count: 0 } },
): Promise<CompiledFilter> {
  const definition = await meaning(scope, segment, within);
  if (segment.kind === 'live') {
    if (definition instanceof ProblemError) throw definition;
    return { ...definition, condition: definition.condition ?? sql<SqlBool>`true` };
  }
  // Who is in is fixed, so a definition that has lost its field does not matter; what it tells of a record still does.
  if (definition instanceof ProblemError && definition.code !== 'segment_broken') throw definition;
  if (!segment.refreshedAt) throw problem('segment_filling', { status: 409, params: { name: segment.name } });
  const members = sql`(select m.record_id from segment_member m where m.segment_id = ${segment.id})`;
  const member = sql<SqlBool>`${sql.ref(`${scope.alias}.id`)} in ${members}`;
  const { veiled } = scope.policy;
  if (veiled.length === 0) return { condition: member, indexed: true };
  // Of what is masked here being on the list would tell: such a record is in as far as one could find it oneself.
  const own = definition instanceof ProblemError ? null : definition.condition;
  return {
    condition: sql<SqlBool>`(${member} and (${unveiled(veiled, scope.alias)} or ${own ?? sql`false`}))`,
    indexed: true,
  };
}

/** Why the rule of a segment cannot be read any more, for the caller; null where it can. Frozen members stand without it. */
export async function ruleProblem(scope: FilterScope, segment: Segment): Promise<ProblemError | null> {
  const found = await meaning(scope, segment, { outer: [], opened: { count: 0 } });
  return found instanceof ProblemError ? found : null;
}

/** The definition compiled with the caller's rights, or the reason why that cannot be. */
async function meaning(
  scope: FilterScope,
  segment: Segment,
  within: Within,
): Promise<CompiledFilter | ProblemError> {
  const compile = (ctx: Context) =>
    compileFilter(segment.definition, {
      ...scope,
      ctx: inside(ctx, { ...within, outer: [...within.outer, segment.id] }),
      policy: ctx.policies.for(segment.entity),
    });
  try {
    return await compile(scope.ctx);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.code.startsWith('segment_')) return error;
    return (
      (await holds(() => compile(asSystem(scope.ctx, 'segment')))) ??
      problem('segment_hidden', { status: 403, params: { name: segment.name } })
    );
  }

  /** Null where the definition is whole and only the caller may not see all of it. */
  async function holds(whole: () => Promise<unknown>): Promise<ProblemError | null> {
    try {
      await whole();
      return null;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return error.code.startsWith('segment_') ? error : brokenBy(segment, error);
    }
  }
}

/** The same circumstances in which terms know what they lie within. */
const inside = (ctx: Context, within: Within): Context => ({
  ...ctx,
  filterTerms: new Map([...ctx.filterTerms, ['segment', termWithin(within)]]),
});

const brokenBy = (segment: Segment, { errors, code }: ProblemError) =>
  problem('segment_broken', {
    status: 409,
    params: { name: segment.name },
    errors: (errors ?? [{ path: 'filter', code }]).map((error) => ({
      ...error,
      path: error.path.replace(/^filter/, 'definition'),
    })),
  });

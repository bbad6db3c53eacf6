import type { Context } from '../../../platform/context/context.ts';
import { compileFilter, relatedAmount } from '../../../platform/entity/filter.ts';
import type { RelatedTerm } from '../../../platform/entity/meta.shared.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import type { Entity } from '../../../platform/entity/types.ts';
import { invalid, ProblemError } from '../../../platform/errors/problem.ts';
import type { SchemeDefinition, ScoreSource } from './definition.shared.ts';
import { withMeasures } from './measure-term.ts';

type Term = Record<string, unknown>;

/**
 * Of what decided about a customer, the part whose terms the caller could ask for himself: rules see more than people do.
 * @param veiled whether the customer's personal data is masked to him
 */
export async function readable<R extends { term: unknown }>(
  ctx: Context,
  veiled: boolean,
  readings: readonly R[],
): Promise<R[]> {
  if (ctx.policies.administrator) return [...readings];
  const known = new Map<string, Promise<boolean>>();
  const asked = (term: unknown) => {
    const key = JSON.stringify(term);
    const answer = known.get(key) ?? maySee(ctx, veiled, term as Term | null);
    known.set(key, answer);
    return answer;
  };
  const seen = await Promise.all(readings.map(({ term }) => asked(term)));
  return readings.filter((_, at) => seen[at]);
}

/**
 * Refuses rules that ask for more than their author could ask himself: by the grades he would learn what is hidden from him.
 * What does not exist and what he may not read are refused alike.
 */
export async function requireReadable(
  ctx: Context,
  { grades, terms = [] }: Pick<SchemeDefinition, 'grades' | 'terms'>,
): Promise<void> {
  const asked = [
    ...grades.flatMap(({ filter }, at) =>
      leaves(filter).map((term) => ({ term, path: `definition.grades.${at}.filter` })),
    ),
    ...terms.map(({ source }, at) => ({ term: source, path: `definition.terms.${at}.source` })),
  ];
  const compared = asked.filter(({ term }) => !('measure' in (term as object)));
  const open = new Set(await readable(ctx, false, compared));
  const problems = asked
    .filter((each) => !open.has(each) && (compared.includes(each) || !mayAskMeasure(ctx, each.term as Term)))
    .map(({ path }) => ({ path, code: 'rule_unreadable' }));
  if (problems.length) throw invalid(problems);
}

/** A number tells what it is counted of. One that nobody tells yet may be asked for: it tells nothing. */
function mayAskMeasure(ctx: Context, { measure }: Term): boolean {
  if (ctx.policies.administrator) return true;
  const name = String(typeof measure === 'string' ? measure : (measure as Term | null)?.name);
  const { reads } = ctx.measures.get(name) ?? {};
  const policy = ctx.policies.for('customer');
  if (policy.entity.fields[name] && !policy.sees(name)) return false;
  if (!reads) return true;
  const source = ctx.policies.for(reads.entity);
  return source.can('read') && reads.fields.every(source.sees);
}

/** What a rule is put together of. */
function leaves(node: unknown): unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  const { and, or, not } = node as Record<string, unknown>;
  if (Array.isArray(and)) return and.flatMap(leaves);
  if (Array.isArray(or)) return or.flatMap(leaves);
  return not === undefined ? [node] : leaves(not);
}

async function maySee(ctx: Context, veiled: boolean, term: Term | null): Promise<boolean> {
  if (!term) return false;
  const source = (term.source ?? term) as Term;
  const policy = ctx.policies.for('customer');
  if (veiled && asksSensitive(ctx, source)) return false;
  // A term of a score names a field or what is related without comparing it.
  if ('field' in source && !('op' in source)) return policy.sees(String(source.field));
  const options = { ctx: withMeasures(ctx), policy };
  try {
    if ('related' in source && !('op' in source))
      await relatedAmount(source as unknown as RelatedTerm, options);
    else if ('when' in source) await compileFilter((source as ScoreSource & { when: unknown }).when, options);
    else if (typeof source.measure !== 'string') await compileFilter(source, options);
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

/** Whether a term names a field that is masked where a customer waits in a pool. */
function asksSensitive({ registry }: Context, term: Term): boolean {
  const walk = (node: unknown, entity: Entity | undefined): boolean => {
    if (typeof node !== 'object' || node === null) return false;
    const value = node as Term;
    const inner = typeof value.related === 'string' ? registry.byName.get(value.related) : entity;
    const named = typeof value.field === 'string' && inner?.fields[value.field.split('.')[0] ?? ''];
    return (named && named.sensitive === true) || Object.values(value).some((part) => walk(part, inner));
  };
  return walk(term, entityNamed(registry, 'customer'));
}

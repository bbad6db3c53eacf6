import type { Context } from '../../../platform/context/context.ts';
import { compileFilter, relatedAmount } from '../../../platform/entity/filter.ts';
import type { RelatedTerm } from '../../../platform/entity/meta.shared.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import type { Entity } from '../../../platform/entity/types.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import type { ScoreSource } from './definition.shared.ts';
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

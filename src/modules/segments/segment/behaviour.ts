import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { ProblemError, problem } from '../../../platform/errors/problem.ts';
import { segmentsIn } from './definition.shared.ts';
import { freeze, thaw } from './members.ts';
import { segmentNamed } from './read.ts';

const LARGEST = 50_000;

/** A segment that could not be opened is not saved; frozen ones hold their members from the moment they are. */
export const segmentBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const draft of drafts) {
      if (!('definition' in draft.values)) continue;
      draft.values.uses = segmentsIn(draft.values.definition);
      await checkDefinition(ctx, draft);
      await refuseCycle(ctx, draft);
    }
  },
  async afterSave(ctx, drafts) {
    for (const { id, values, before } of drafts) {
      const kind = values.kind ?? before?.kind;
      if (!('definition' in values) && !('kind' in values)) continue;
      if (kind === 'frozen') await freeze(ctx, await segmentNamed(ctx, id));
      else if (before?.kind === 'frozen') await thaw(ctx, id);
    }
  },
  beforeDelete: refuseInUse,
};

async function checkDefinition(ctx: Context, draft: Draft): Promise<void> {
  const { definition } = draft.values;
  const policy = ctx.policies.for(String(draftValue(draft, 'entity')));
  const refuse = (code: string, params?: Record<string, unknown>) =>
    draft.problems.push({ path: 'definition', code, ...(params ? { params } : {}) });
  if (!policy.can('read')) return void refuse('forbidden');
  if (JSON.stringify(definition).length > LARGEST) return void refuse('too_large', { max: LARGEST });
  try {
    const { condition } = await compileFilter(definition, { ctx, policy });
    if (!condition) refuse('required');
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.code.startsWith('segment_') || error.errors.length === 0) refuse(error.code, error.params);
    for (const each of error.errors)
      draft.problems.push({ ...each, path: each.path.replace(/^filter/, 'definition') });
  }
}

/** A segment cannot be among those it is made of, also not through a change made elsewhere at the same moment. */
async function refuseCycle(ctx: Context, draft: Draft): Promise<void> {
  if (!draft.before) return;
  await sql`select pg_advisory_xact_lock(hashtextextended('segment.definition', 0))`.execute(ctx.db);
  const { rows } = await sql`with recursive below(id) as (
      select unnest(${draft.values.uses}::uuid[])
      union select unnest(s.use_ids) from below join segment s on s.id = below.id
    ) select 1 from below where id = ${draft.id} limit 1`.execute(ctx.db);
  if (rows.length) draft.problems.push({ path: 'definition', code: 'segment_cycle' });
}

/** What others are made of stays; they are named as far as the caller may see them. */
async function refuseInUse(ctx: Context, gone: Record<string, unknown>[]): Promise<void> {
  const ids = gone.map((row) => row.id as string);
  const seen = scopeCondition(
    entityNamed(ctx.registry, 'segment'),
    ctx.policies.for('segment').scope('read'),
    ctx.principal,
  );
  const { rows } = await sql<{
    id: string;
    name: string | null;
  }>`select t.id, case when ${seen} then t.name end as name
    from segment t where t.deleted_at is null and t.use_ids && ${ids}::uuid[] and not t.id = any(${ids}::uuid[])
    order by t.name_key, t.id limit 20`.execute(ctx.db);
  if (rows.length === 0) return;
  const names = rows.flatMap(({ name }) => name ?? []);
  throw problem('segment_in_use', {
    status: 409,
    params: { names: names.join('、') || '…', count: rows.length },
    extra: { usedBy: rows.filter(({ name }) => name) },
  });
}

import { rowInScope } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { recordsByKey } from '../duplicates/find.ts';
import type { Draft } from '../entity/behaviour.ts';
import { changeRows, createDrafts, lockRows, rootsIn } from '../entity/records.ts';
import type { Entity } from '../entity/types.ts';
import { type ChunkRun, fail, STORE, type Work } from './chunk-work.ts';
import type { ImportPlan } from './plan.ts';
import { personKey } from './stage-people.ts';

/** Makes the records of rows that make one. */
export async function create(ctx: Context, entity: Entity, works: readonly Work[]): Promise<void> {
  if (works.length === 0) return;
  const drafts = await createDrafts(
    ctx,
    entity,
    works.map(({ row }) => row.values ?? {}),
    STORE,
  );
  for (const [at, work] of works.entries()) {
    const draft = drafts[at] as Draft;
    if (draft.problems.length) {
      fail(work, draft.problems);
      continue;
    }
    work.outcome = 'created';
    work.recordId = draft.id;
    work.version = 1;
  }
}

/** Changes records; one that several rows mean is changed by one after the other. */
export async function change(ctx: Context, { entity }: ImportPlan, works: readonly Work[]): Promise<void> {
  let open = [...works];
  const scope = ctx.policies.for(entity.name).scope('update');
  while (open.length) {
    const wave = new Map<string, Work>();
    for (const work of open) if (!wave.has(work.recordId as string)) wave.set(work.recordId as string, work);
    open = open.filter((work) => wave.get(work.recordId as string) !== work);
    const roots = rootsIn(
      entity,
      [...wave.values()].map(({ row }) => row.values ?? {}),
    );
    const locked = await lockRows(ctx, entity, [...wave.keys()], { roots });
    const rows = new Map(locked.map((row) => [row.id as string, row]));
    const changes = [...wave].flatMap(([id, work]) => {
      const row = rows.get(id);
      if (row && rowInScope(scope, row, true)) return [{ work, row }];
      fail(work, [{ path: '', code: row ? 'update_forbidden' : 'duplicate_out_of_scope' }]);
      return [];
    });
    const { drafts, stored } = await changeRows(
      ctx,
      entity,
      changes.map(({ work, row }) => ({ row, values: work.row.values ?? {} })),
      STORE,
    );
    const written = new Map(stored.map(({ row }) => [row.id as string, row]));
    for (const [at, { work, row }] of changes.entries()) {
      const draft = drafts[at] as Draft;
      const after = written.get(draft.id);
      if (draft.problems.length) fail(work, draft.problems);
      else if (after) {
        work.outcome = 'updated';
        work.version = after.version as number;
        work.before = row;
      } else {
        work.outcome = 'skipped';
        work.reasons = [...work.reasons, { path: '', code: 'unchanged' }];
      }
    }
  }
}

/** Adds the people who share the sheet; who is there already is left alone. */
export async function addPeople(ctx: Context, { plan }: ChunkRun, works: readonly Work[]): Promise<void> {
  if (works.length === 0 || !plan.people) return;
  const { entity, root } = plan.people;
  const keyOf = ({ row, recordId }: Work) =>
    personKey(entity, row.person?.values ?? {}, root.name, recordId as string);
  const found = await recordsByKey(
    ctx,
    works.flatMap((work) => keyOf(work) ?? []),
  );
  const fresh = works.filter((work) => !found.has(keyOf(work) ?? ''));
  const drafts = await createDrafts(
    ctx,
    entity,
    fresh.map(({ row, recordId }) => ({ ...row.person?.values, [root.name]: recordId })),
    STORE,
  );
  fresh.forEach((work, at) => {
    const draft = drafts[at] as Draft;
    if (draft.problems.length) {
      work.reasons = [
        ...work.reasons,
        ...draft.problems.map((each) => ({ ...each, path: `${entity.name}.${each.path}` })),
      ];
      if (work.outcome === 'skipped') work.outcome = 'failed';
      return;
    }
    work.person = { id: draft.id };
    if (work.outcome === 'skipped') work.outcome = 'created';
  });
}

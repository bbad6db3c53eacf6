import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { recordsByMark } from '../duplicates/find.ts';
import type { Entity } from '../entity/types.ts';
import { type ChunkRun, fail, type Work } from './chunk-work.ts';
import { findHits, keysOf } from './match.ts';
import type { ImportPlan, ReadRow } from './plan.ts';
import type { StagedRow } from './types.ts';

/** Names whose records this import has made by now. */
export async function resolvePending(
  ctx: Context,
  { plan, resolver }: ChunkRun,
  works: readonly Work[],
): Promise<void> {
  await settle(plan.entity, '', works, ({ row }) => row);
  if (plan.people)
    await settle(plan.people.entity, `${plan.people.entity.name}.`, works, ({ row }) => row.person);

  async function settle(
    entity: Entity,
    prefix: string,
    all: readonly Work[],
    partOf: (work: Work) => Pick<StagedRow, 'values' | 'pending'> | undefined,
  ) {
    const waiting = all.flatMap((work) =>
      Object.entries(partOf(work)?.pending ?? {}).map(([name, texts]) => ({ work, name, texts })),
    );
    const byEntity = Map.groupBy(waiting, ({ name }) => entity.fields[name]?.to as string);
    for (const [to, each] of byEntity) {
      const found = await resolver.resolve(
        ctx,
        to,
        each.flatMap(({ texts }) => texts),
      );
      for (const { work, name, texts } of each) {
        const values = partOf(work)?.values as Record<string, unknown>;
        const ids = texts.map((text) => found.get(text)?.ids ?? []);
        const open = texts.find((_, at) => ids[at]?.length !== 1);
        if (open !== undefined)
          fail(work, [{ path: prefix + name, code: 'unknown_name', params: { text: open } }]);
        else
          values[name] = entity.fields[name]?.kind === 'references' ? [...new Set(ids.flat())] : ids[0]?.[0];
      }
    }
  }
}

/** Rows whose record someone else has made since the check are left out, or change that record, as was chosen. */
export async function notMadeMeanwhile(
  ctx: Context,
  plan: ImportPlan,
  works: readonly Work[],
): Promise<Work[]> {
  const open = works.filter(({ outcome }) => outcome !== 'failed');
  const { options, entity } = plan;
  if (open.length === 0) return [];
  const rows = open.map(
    ({ row }) =>
      ({
        values: row.values ?? {},
        id: null,
        number: (row.values?.number as string | undefined) ?? null,
      }) as ReadRow,
  );
  const keys = rows.map((row) => ({ ...keysOf(plan, row, { certainOnly: true }), likely: [] }));
  const hits = await findHits(ctx, plan, rows, keys);
  const marks = await recordsByMark(
    ctx,
    entity,
    open.flatMap(({ row }) => row.key ?? []),
  );
  return open.filter((work, at) => {
    const marked = work.row.key ? marks.get(work.row.key) : undefined;
    const id = hits[at]?.certain[0]?.id ?? marked;
    if (!id || (options.mode === 'create' && options.onDuplicate === 'create')) return true;
    if (options.mode === 'upsert' || options.onDuplicate === 'update') {
      work.row.action = 'update';
      work.recordId = id;
    } else {
      work.recordId = id;
      work.reasons = [{ path: hits[at]?.certain[0]?.fields[0] ?? '', code: 'duplicate' }];
    }
    return false;
  });
}

/** Rows that mean the record of an earlier line learn its id: of this part, or of one committed before. */
export async function meanSame(
  ctx: Context,
  { importId }: ChunkRun,
  works: readonly Work[],
  all: readonly Work[],
): Promise<void> {
  const open = works.filter(({ row, recordId }) => row.same && !recordId);
  if (open.length === 0) return;
  const here = new Map(all.map((work) => [work.row.line, work]));
  const elsewhere = open.flatMap(({ row }) => (here.has(row.same as number) ? [] : [row.same as number]));
  const { rows } = await sql<{
    line: number;
    record_id: string | null;
  }>`select line, record_id from import_row
    where import_id = ${importId} and line = any(${elsewhere}::int[]) and part = 0`.execute(ctx.db);
  const before = new Map(rows.map((row) => [row.line, row.record_id]));
  for (const work of open) {
    const line = work.row.same as number;
    const id = here.get(line)?.recordId ?? before.get(line);
    if (id) work.recordId = id;
    else if (work.row.action !== 'skip')
      fail(work, [{ path: '', code: 'reference_failed', params: { line } }]);
  }
}

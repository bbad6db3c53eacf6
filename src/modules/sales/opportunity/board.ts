import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { listRecords, MAX_PAGE, sumRecords } from '../../../platform/entity/list.ts';
import type { WireRecord } from '../../../platform/entity/meta.shared.ts';
import { parseFilterText } from '../../../platform/entity/routes.ts';
import { firstPipeline } from '../pipeline/read.ts';
import type { BoardColumn, BoardStage } from './board.shared.ts';

export const boardQuery = z.strictObject({
  pipeline: z.uuid().optional(),
  /** As of lists, in JSON. */
  filter: z.string().max(20_000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

/** Decided business stays in sight for so many days. */
const DECIDED_DAYS = 30;

/** The opportunities of a pipeline, stage by stage, as far as the caller may see them: what is open, and what was decided lately. */
export async function boardOf(
  ctx: Context,
  { pipeline, filter, limit }: z.infer<typeof boardQuery>,
): Promise<{ pipeline: string; columns: BoardColumn<WireRecord>[] }> {
  const chosen = pipeline ?? (await firstPipeline(ctx));
  const stages = await listRecords(ctx, 'stage', {
    filter: { field: 'pipeline', op: 'eq', value: chosen },
    sort: 'position',
    limit: MAX_PAGE,
  });
  const own = filter ? [parseFilterText(filter)] : [];
  const columns = await Promise.all(
    stages.items.map(async (record): Promise<BoardColumn<WireRecord>> => {
      const stage = stageOf(record);
      const query = { filter: { and: [...own, ...inStage(ctx, chosen, stage)] } };
      const sort = stage.outcome === 'open' ? 'closeDate' : '-closedOn';
      const [sums, { items }] = await Promise.all([
        sumRecords(ctx, 'opportunity', query, { field: 'amount', weight: 'probability' }),
        listRecords(ctx, 'opportunity', { ...query, sort, limit }),
      ]);
      return { ...stage, ...sums, items };
    }),
  );
  return { pipeline: chosen, columns };
}

const stageOf = ({ id, title, outcome, probability, needs, stallsAfter, playbook }: WireRecord) =>
  ({ id, name: title, outcome, probability, needs, stallsAfter, playbook }) as unknown as BoardStage;

function inStage(ctx: Context, pipeline: string, { id, outcome }: BoardStage): unknown[] {
  const since = Temporal.PlainDate.from(dayOf(ctx)).subtract({ days: DECIDED_DAYS }).toString();
  return [
    { field: 'pipeline', op: 'eq', value: pipeline },
    { field: 'stage', op: 'eq', value: id },
    { field: 'status', op: 'eq', value: outcome },
    ...(outcome === 'open' ? [] : [{ field: 'closedOn', op: 'gte', value: since }]),
  ];
}

import { useQuery } from '@tanstack/react-query';
import { ApiError, get } from '../../../web/api/client.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { saveEdit } from '../../../web/api/save.ts';
import type { Filter, MetaEntity, WireRecord } from '../../../web/api/types.ts';
import type { BoardColumn, Step } from '../opportunity/board.shared.ts';

export type Column = BoardColumn<WireRecord>;

/** Asked anew with the short lists of opportunities: also when somebody else moves a card. */
export const useBoard = (pipeline: string | undefined, filter: Filter | null) =>
  useQuery({
    queryKey: ['short', 'opportunities', 'board', pipeline, filter],
    queryFn: ({ signal }) =>
      get<{ pipeline: string; columns: Column[] }>(
        '/opportunities/board',
        { pipeline, filter: filter ?? undefined },
        signal,
      ),
    placeholderData: (previous) => previous,
  });

export const useSteps = (id: string, version: number) =>
  useQuery({
    queryKey: ['record', 'opportunities', id, 'steps', version],
    queryFn: ({ signal }) => get<Step[]>(`/opportunities/${id}/steps`, undefined, signal),
  });

/** Moves a card into a stage. Gives the facts the stage asks for and that are missing; null when there is nothing to ask. */
export async function moveTo(
  entity: MetaEntity,
  record: WireRecord,
  stage: { id: string; name: string },
  facts: Record<string, unknown> = {},
): Promise<string[] | null> {
  try {
    await saveEdit(entity, record, { stage: { id: stage.id, title: stage.name }, ...facts }, { quiet: true });
    refreshEntity(entity.plural);
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const missing = (error.problem.errors ?? [])
      .filter(({ code }) => code === 'stage_needs')
      .map(({ path }) => path);
    if (missing.length === 0 || missing.length < (error.problem.errors ?? []).length) throw error;
    return missing;
  }
}

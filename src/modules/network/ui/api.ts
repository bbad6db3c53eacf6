import { useQuery } from '@tanstack/react-query';
import { get, remove } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { createRecord, refreshEntity, restoreRecord } from '../../../web/api/records.ts';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { say } from '../../../web/i18n/index.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import type { RelationGraph } from '../graph/graph.shared.ts';
import type { GroupAnswer } from '../group/group.shared.ts';
import type { CoverageAnswer } from '../warnings/coverage.shared.ts';

/** Kept as what hangs on the customer: whatever changes there asks anew. */
const keyOf = (what: string, id: string) => ['short', 'network', what, id] as const;

export const useRelations = (id: string) =>
  useQuery({
    queryKey: keyOf('relations', id),
    queryFn: () => get<RelationGraph>(`/customers/${id}/network`),
  });

export const useCoverage = (id: string) =>
  useQuery({
    queryKey: keyOf('coverage', id),
    queryFn: () => get<CoverageAnswer>(`/customers/${id}/coverage`),
  });

export const useGroup = (id: string) =>
  useQuery({ queryKey: keyOf('group', id), queryFn: () => get<GroupAnswer>(`/customers/${id}/group`) });

/** Asks anew for everything drawn of relations. */
export function refreshRelations(): void {
  void queryClient.invalidateQueries({ queryKey: ['short', 'network'] });
}

/** Makes a record at once, with a step back. */
export async function addWithUndo(
  entity: MetaEntity,
  values: Record<string, unknown>,
  text: string,
): Promise<void> {
  try {
    const made = await createRecord(entity.plural, values);
    settled(entity);
    toast(text, { action: { label: say('undo'), run: () => void take(entity, made.id).catch(toastError) } });
  } catch (error) {
    toastError(error);
  }
}

/** Takes a record away at once, with a step back. */
export async function removeWithUndo(entity: MetaEntity, record: WireRecord, text: string): Promise<void> {
  try {
    await take(entity, record.id);
    toast(text, {
      action: {
        label: say('undo'),
        run: () =>
          void restoreRecord(entity.plural, record.id)
            .then(() => settled(entity))
            .catch(toastError),
      },
    });
  } catch (error) {
    toastError(error);
  }
}

async function take(entity: MetaEntity, id: string): Promise<void> {
  await remove(`/${entity.plural}/${id}`);
  settled(entity);
}

function settled(entity: MetaEntity): void {
  refreshEntity(entity.plural);
  refreshRelations();
}

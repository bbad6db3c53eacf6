import { post } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import { refreshEntity } from '../api/records.ts';
import type { Link, MetaEntity, WireRecord } from '../api/types.ts';
import { say } from '../i18n/index.ts';
import { toast, toastError } from '../shell/toasts.tsx';

interface Reason {
  code: string;
  label: string;
}

export interface DuplicatePair {
  ids: [string, string];
  certainty: number;
  reasons: Reason[];
  records: WireRecord[];
}

export interface DuplicateHit {
  id: string;
  visible: boolean;
  title: string;
  subtitle: string | null;
  owner: Link | null;
  lastContactAt: string | null;
  certainty: number;
  reasons: Reason[];
}

export interface MergePreview {
  into: string;
  records: WireRecord[];
  fields: { name: string; source: string | null; different: boolean; value: unknown }[];
  children: { entity: string; field: string; label: string; counts: Record<string, number> }[];
  /** Records that wait for a decision: nothing is merged before. */
  held: { record: string; title: string | null; approval: { id: string; number: string } | null }[];
}

export interface MergeAnswer {
  mergeId: string;
  id: string;
  merged: string[];
  moved: number;
}

interface UndoAnswer {
  restored: string[];
  conflicts: { entity: string; id: string; field: string; code: string }[];
}

/** Everything that shows records of this type, or pairs of them, looks anew. */
export function refreshDuplicates(entity: MetaEntity): void {
  refreshEntity(entity.plural);
  void queryClient.invalidateQueries({ queryKey: ['duplicates'] });
  void queryClient.invalidateQueries({ queryKey: ['merges'] });
}

export const decide = (entity: MetaEntity, ids: [string, string], decision: 'different' | 'later' | null) =>
  post('/duplicates/decide', { entity: entity.name, ids, decision });

/** Takes a merge back and says what could not return. */
export async function undoMerge(entity: MetaEntity, mergeId: string): Promise<boolean> {
  try {
    const { restored, conflicts } = await post<UndoAnswer>(`/merges/${mergeId}/undo`);
    refreshDuplicates(entity);
    toast(say('merge.undone', { count: restored.length }), {
      kind: 'good',
      ...(conflicts.length ? { detail: say('merge.conflicts', { count: conflicts.length }) } : {}),
    });
    return true;
  } catch (error) {
    toastError(error);
    return false;
  }
}

export const mergeAddress = (plural: string, ids: readonly string[]) =>
  `/merge/${plural}?ids=${ids.join('.')}`;

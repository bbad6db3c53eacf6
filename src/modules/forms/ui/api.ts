import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get, put } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity, useShortList } from '../../../web/api/records.ts';
import type { FormSheet, FormState, FormVersion, SheetRow } from '../form/form.shared.ts';

export const PLURAL = 'customer-forms';

const sheetKey = (id: string, round: number | undefined) => ['form-sheet', id, round ?? null] as const;

/** A form; what others do to it shows at once. */
export function useSheet(id: string, round: number | undefined) {
  // Live changes ask for short lists again, also where only cells were written and the record is as it was.
  const { dataUpdatedAt } = useShortList(PLURAL, { filter: { field: 'id', op: 'in', value: [id] } }, 1);
  useEffect(() => {
    if (dataUpdatedAt) void queryClient.invalidateQueries({ queryKey: ['form-sheet', id] });
  }, [dataUpdatedAt, id]);
  return useQuery({
    queryKey: sheetKey(id, round),
    queryFn: ({ signal }) => get<FormSheet>(`/${PLURAL}/${id}/sheet`, { round }, signal),
    retry: false,
  });
}

export function useHistory(id: string) {
  return useQuery({
    queryKey: ['form-history', id],
    queryFn: ({ signal }) => get<{ items: FormVersion[] }>(`/${PLURAL}/${id}/history`, undefined, signal),
  });
}

interface Cell {
  row: string;
  column: string;
  value: string;
  base: string | null;
}

/** Writes one judgement, and puts it into the sheet on the screen. */
export async function writeCell(form: FormSheet, cell: Cell): Promise<void> {
  await put(`/${PLURAL}/${form.id}/cells`, { cells: [cell] });
  const { row, column, value } = cell;
  const written = (line: SheetRow): SheetRow =>
    line.key === row ? { ...line, cells: { ...line.cells, [column]: value } } : line;
  queryClient.setQueryData<FormSheet>(
    sheetKey(form.id, undefined),
    (old) =>
      old && {
        ...old,
        rows: old.rows.map(written),
        filled: { ...old.filled, [row]: { ...old.filled[row], [column]: value } },
      },
  );
  // Totals follow from judgements.
  if (form.kind === 'evaluation') refreshSheets();
}

export function refreshSheets(): void {
  refreshEntity(PLURAL);
  void queryClient.invalidateQueries({ queryKey: ['form-sheet'] });
  void queryClient.invalidateQueries({ queryKey: ['form-history'] });
}

export const STATE_TONE: Record<FormState, string> = {
  draft: 'teng',
  filling: 'teng',
  review: 'dai',
  locked: 'song',
};

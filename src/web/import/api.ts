import { useQuery } from '@tanstack/react-query';
import { get, patch, post } from '../api/client.ts';
import { queryClient } from '../api/query.ts';

export interface Question {
  code: string;
  message?: string;
  choices: (string | { value: string; label: string })[];
}

export interface MappedColumn {
  column: number;
  header: string;
  samples: string[];
  /** Where its values go; null leaves the column out. */
  field: string | null;
  confidence: number;
  questions: Question[];
}

export interface ImportJob {
  id: string;
  entity: string;
  fileName: string;
  state: 'mapping' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'undoing' | 'undone';
  sheet?: string | null;
  sheetNames?: string[];
  mapping: MappedColumn[];
  /** Fields a column may go to; names of a customer's people carry a prefix. */
  targets?: { field: string; label: string }[];
  answers?: Record<string, string>;
  mode?: 'create' | 'upsert';
  key?: string | null;
  onDuplicate?: 'skip' | 'update' | 'create';
  total?: number | null;
  progress?: { done: number; total: number | null; searchable?: number };
  counts?: { total: number; created: number; updated: number; skipped: number; failed: number };
  error?: { detail?: string } | string | null;
  undoId?: string | null;
  conflicts?: { id: string; title: string }[];
  createdAt?: string;
  createdBy?: { id: string; title: string | null } | null;
}

export interface ImportRow {
  row: number;
  outcome: 'created' | 'updated' | 'skipped' | 'failed';
  title?: string | null;
  id?: string | null;
  messages?: { column?: string; message: string }[];
}

const WORKING = new Set(['checking', 'running', 'undoing']);
export const isWorking = (job: ImportJob | undefined): boolean => !!job && WORKING.has(job.state);

/** An import by id; while it works it is asked for again every second, besides the live updates. */
export function useImport(id: string | undefined) {
  return useQuery({
    queryKey: ['import', id],
    queryFn: () => get<ImportJob>(`/imports/${id}`),
    enabled: !!id,
    staleTime: 0,
    refetchInterval: ({ state }) => (isWorking(state.data) ? 1_000 : false),
  });
}

export const keepImport = (job: ImportJob): ImportJob => {
  queryClient.setQueryData<ImportJob>(['import', job.id], (old) => ({ ...old, ...job }));
  return job;
};

export async function startImport(file: File, entity: string): Promise<ImportJob> {
  const form = new FormData();
  form.append('entity', entity);
  form.append('file', file, file.name);
  return keepImport(await post<ImportJob>('/imports', form));
}

export const changeImport = async (id: string, changes: Partial<ImportJob>) =>
  keepImport(await patch<ImportJob>(`/imports/${id}`, changes));

/** Starts a step of the work and asks for the import's state again. */
export async function importStep(id: string, step: 'check' | 'run' | 'undo'): Promise<void> {
  await post(`/imports/${id}/${step}`);
  await queryClient.invalidateQueries({ queryKey: ['import', id] });
}

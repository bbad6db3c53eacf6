import { useQuery } from '@tanstack/react-query';
import { get, patch, post } from '../api/client.ts';
import { queryClient } from '../api/query.ts';

/** A decision that the file leaves open; it belongs to a column, named by its header. */
export interface Question {
  column?: string | null;
  code: string;
  message?: string;
  choices: { value: string; label: string }[];
}

export interface MappedColumn {
  column: number;
  header: string;
  samples?: string[];
  /** Where its values go; null leaves the column out. */
  field: string | null;
  confidence?: number;
  questions?: Question[];
  /** How the column writes dates and decimals, where its values or a person settled it. */
  dateOrder?: string;
  decimal?: string;
}

export interface ImportJob {
  id: string;
  entity: string;
  fileName: string;
  state: 'mapping' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'undoing' | 'undone';
  sheet?: string | null;
  sheetNames?: string[];
  mapping: MappedColumn[];
  /** The first values of each column, by its place. */
  samples?: string[][];
  /** Fields a column may go to; names of a customer's people carry a prefix. */
  targets?: { field: string; label: string }[];
  questions?: Question[];
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

/** What a person may change of an import before it runs. */
type Changes = Partial<Pick<ImportJob, 'mapping' | 'mode' | 'key' | 'onDuplicate' | 'sheet'>>;

export async function changeImport(id: string, { mapping, ...rest }: Changes): Promise<ImportJob> {
  const columns = mapping?.map(({ column, header, field, dateOrder, decimal }) => ({
    column,
    header,
    field,
    ...(dateOrder ? { dateOrder } : {}),
    ...(decimal ? { decimal } : {}),
  }));
  return keepImport(
    await patch<ImportJob>(`/imports/${id}`, { ...rest, ...(columns ? { mapping: columns } : {}) }),
  );
}

/** Which part of a column answers a question. */
const ANSWERS: Record<string, 'dateOrder' | 'decimal'> = {
  which_date_order: 'dateOrder',
  which_decimal_sign: 'decimal',
};
export const answerOf = (column: MappedColumn, question: Question): string | undefined => {
  const part = ANSWERS[question.code];
  return part && column[part];
};
export const withAnswer = (column: MappedColumn, question: Question, value: string): MappedColumn => {
  const part = ANSWERS[question.code];
  return part ? { ...column, [part]: value } : column;
};

/** The questions of a column that is to be imported. */
export function questionsFor(job: ImportJob, column: MappedColumn): Question[] {
  if (!column.field) return [];
  const all = [
    ...(column.questions ?? []),
    ...(job.questions ?? []).filter((asked) => asked.column === column.header),
  ];
  return all.filter((asked) => asked.code in ANSWERS);
}

/** Starts a step of the work and asks for the import's state again. */
export async function importStep(id: string, step: 'check' | 'run' | 'undo'): Promise<void> {
  await post(`/imports/${id}/${step}`);
  await queryClient.invalidateQueries({ queryKey: ['import', id] });
}

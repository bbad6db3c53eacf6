import { useQuery } from '@tanstack/react-query';
import type { MatchedName, UnratedRows } from '../../platform/imports/types.ts';
import { get, patch, post } from '../api/client.ts';
import { queryClient } from '../api/query.ts';

/** A decision that the file leaves open; it concerns a column, named by its header, or the whole file. */
export interface Question {
  column: string | null;
  code: string;
  choices: { value: string; label: string }[];
}

export interface MappedColumn {
  column: number;
  header: string;
  /** Where its values go; null leaves the column out. */
  field: string | null;
  confidence?: number;
}

/** How the file writes dates and decimals, where that had to be asked, and what its amounts are in. */
export type Answers = Partial<Record<'dateOrder' | 'decimal' | 'currency', string>>;

export type ImportMode = 'create' | 'upsert';
export type OnDuplicate = 'skip' | 'update' | 'create';

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
  questions?: Question[];
  options?: Answers & { mode?: ImportMode; key?: string | null; onDuplicate?: OnDuplicate };
  progress?: { done: number; total: number | null; searchable?: number };
  counts?: { total: number; created: number; updated: number; skipped: number; failed: number } | null;
  /** Of the check, each by field: names of records that are made because a relation names them, and names written otherwise. */
  checked?: {
    missing?: Record<string, string[]>;
    matched?: Record<string, MatchedName[]>;
    unrated?: UnratedRows[];
  } | null;
  error?: { detail?: string } | null;
  conflicts?: { id: string; title: string }[];
  createdAt?: string;
}

export interface ImportRow {
  line: number;
  outcome: 'created' | 'updated' | 'skipped' | 'failed';
  recordId: string | null;
  title: string | null;
  reasons: { field: string; message: string }[];
  cells: string[] | null;
}

const WORKING = { check: 'checking', run: 'running', undo: 'undoing' } as const;
export type Step = keyof typeof WORKING;

export const isWorking = (job: ImportJob | undefined): boolean =>
  !!job && (Object.values(WORKING) as string[]).includes(job.state);

/** Steps asked for whose job has not begun yet: the state before, and how it is shown meanwhile. */
const asked = new Map<string, { from: ImportJob['state']; shown: ImportJob['state'] }>();

async function readImport(id: string): Promise<ImportJob> {
  const answer = await get<ImportJob>(`/imports/${id}`);
  const waiting = asked.get(id);
  if (waiting?.from === answer.state) return { ...answer, state: waiting.shown };
  asked.delete(id);
  // Samples and questions are told when something is decided; an import taken up again decides nothing new.
  return answer.state === 'mapping' ? patch<ImportJob>(`/imports/${id}`, {}) : answer;
}

/** An import by id; while it works it is asked for again every second. */
export function useImport(id: string | undefined) {
  return useQuery({
    queryKey: ['import', id],
    queryFn: () => readImport(id as string),
    enabled: !!id,
    refetchInterval: ({ state }) => (isWorking(state.data) ? 1_000 : false),
  });
}

function keepImport(job: ImportJob): ImportJob {
  queryClient.setQueryData<ImportJob>(['import', job.id], job);
  return job;
}

export async function startImport(file: File, entity: string): Promise<ImportJob> {
  const form = new FormData();
  form.append('entity', entity);
  form.append('file', file, file.name);
  return keepImport(await post<ImportJob>('/imports', form));
}

interface Changes {
  mapping?: MappedColumn[];
  mode?: ImportMode;
  key?: string | null;
  onDuplicate?: OnDuplicate;
  sheet?: string;
  answers?: Answers;
}

/** Decides how the file is read; what was checked is to be checked again. */
export async function changeImport(id: string, { mapping, ...rest }: Changes): Promise<ImportJob> {
  const columns = mapping && { mapping: choicesOf(mapping) };
  return keepImport(await patch<ImportJob>(`/imports/${id}`, { ...rest, ...columns }));
}

/** What is told to the server of a column: its header and its field. */
export const choicesOf = (mapping: MappedColumn[]) =>
  mapping.map(({ header, field }) => ({ header, field: field || null }));

/** Starts a step of the work. */
export async function importStep(job: ImportJob, step: Step): Promise<void> {
  asked.set(job.id, { from: job.state, shown: WORKING[step] });
  try {
    await post(`/imports/${job.id}/${step}`);
  } catch (error) {
    asked.delete(job.id);
    throw error;
  }
  queryClient.setQueryData<ImportJob>(
    ['import', job.id],
    (held) => held && { ...held, state: WORKING[step] },
  );
  void queryClient.invalidateQueries({ queryKey: ['imports'] });
}

const ANSWERED_BY: Record<string, keyof Answers> = {
  which_date_order: 'dateOrder',
  which_decimal_sign: 'decimal',
};
export const partOf = (question: Question): keyof Answers | undefined => ANSWERED_BY[question.code];

/** The questions about a column that is to be imported. */
export const questionsFor = (job: ImportJob, column: MappedColumn): Question[] =>
  column.field
    ? (job.questions ?? []).filter((question) => question.column === column.header && partOf(question))
    : [];

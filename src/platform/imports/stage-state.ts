import type { KeyTable } from './key-table.ts';
import type { ImportPlan } from './plan.ts';
import type { Resolver } from './resolver.ts';
import type { StagedWriter } from './staged-file.ts';
import type { CheckSummary, Place, StagedRow, UnratedRows } from './types.ts';

/** Names listed in a summary; counts go on. */
export const LISTED = 100;
/** Records a relation column may have made for it. */
const MOST_MISSING = 20_000;

/** What the check of a file keeps in mind from chunk to chunk. */
export interface StageState {
  plan: ImportPlan;
  summary: CheckSummary;
  resolver: Resolver;
  /** Keys of the file's own rows. */
  seen: KeyTable;
  /** Names of records this file makes, for relations that come before them. */
  names: KeyTable;
  main: StagedWriter;
  later: StagedWriter;
  /** Lines that wait for another line of the file, with the keys of the names they wait for. */
  waiting: Map<number, { field: string; text: string; key: string }[]>;
  missing: Map<string, Set<string>>;
  placed: Map<string, Map<string, Place>>;
  /** Names taken for a record written otherwise, by field: the record, and in how many rows. */
  matched: Map<string, Map<string, { id: string; rows: number }>>;
  unrated: Map<string, UnratedRows>;
}

/** Enters names a row needs made, with where the row stands; those that stand already are found again then. */
export function addMissing(state: StageState, row: StagedRow, field: string, texts: readonly string[]): void {
  const names = state.missing.get(field) ?? new Set();
  const places = state.placed.get(field) ?? new Map<string, Place>();
  const place = placeOf(row);
  for (const text of texts) {
    if (names.size >= MOST_MISSING) break;
    names.add(text);
    if (place && !places.has(text)) places.set(text, place);
  }
  state.missing.set(field, names);
  if (places.size) state.placed.set(field, places);
}

function placeOf({ values, pending }: StagedRow): Place | null {
  const [name] = pending?.department ?? [];
  if (name !== undefined) return { name };
  return typeof values?.department === 'string' ? { id: values.department } : null;
}

/** Writes a row to the staged file and counts what will become of it. */
export async function putStaged(state: StageState, staged: StagedRow): Promise<void> {
  const { summary } = state;
  summary[outcomeOf(staged)] += 1;
  for (const { path, code, params } of staged.reasons ?? []) {
    summary.reasons[code] = (summary.reasons[code] ?? 0) + 1;
    if (code !== 'owner_unresolved' && code !== 'unknown_name') continue;
    const names = summary.unresolved[path] ?? [];
    summary.unresolved[path] = names;
    const text = String(params?.text ?? '');
    if (names.length < LISTED && !names.includes(text)) names.push(text);
  }
  if (staged.action !== 'fail') delete staged.cells;
  await state.main.write(staged);
}

/** A joined row makes its person; of a row that only repeats another nothing remains. */
function outcomeOf({ action }: StagedRow): 'created' | 'updated' | 'skipped' | 'failed' {
  if (action === 'create' || action === 'join') return 'created';
  if (action === 'update') return 'updated';
  return action === 'fail' ? 'failed' : 'skipped';
}

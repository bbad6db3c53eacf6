import type { KeyTable } from './key-table.ts';
import type { ImportPlan } from './plan.ts';
import type { Resolver } from './resolver.ts';
import type { StagedWriter } from './staged-file.ts';
import type { CheckSummary, StagedRow } from './types.ts';

/** Names listed in a summary; counts go on. */
const LISTED = 100;
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
}

/** Enters names to be made; those that stand already are found again then. */
export function addMissing(state: StageState, field: string, texts: readonly string[]): void {
  const names = state.missing.get(field) ?? new Set();
  for (const text of texts) if (names.size < MOST_MISSING) names.add(text);
  state.missing.set(field, names);
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

import { addMissing, putStaged, type StageState } from './stage-state.ts';
import { stagedRows } from './staged-file.ts';
import type { Reason, StagedRow } from './types.ts';

/** A chain of parents longer than this is taken for a mistake. */
const DEEPEST = 50;

/**
 * Puts rows that name other rows of the file behind those: parents first, level by level, each level behind a barrier.
 * Names that no row makes are made when the column may do so, or the row fails; so do circles.
 */
export async function orderLater(state: StageState, path: string): Promise<void> {
  if (state.waiting.size === 0) return;
  const levels = levelsOf(state);
  const deepest = Math.max(0, ...[...levels.values()].filter((level) => typeof level === 'number'));
  for (let level = 0; level <= deepest; level += 1) {
    if (level > 0) await state.main.barrier();
    for await (const row of stagedRows(path)) {
      const own = row && levels.get(row.line);
      if (!row) continue;
      if (own === level) {
        makeUnknown(state, row);
        await putStaged(state, row);
      } else if (level === 0 && own && typeof own !== 'number') await putStaged(state, failed(row, own));
    }
  }
}

function failed({ line, cells }: StagedRow, reason: Reason): StagedRow {
  return { line, action: 'fail', reasons: [reason], ...(cells ? { cells } : {}) };
}

/** Each waiting line's depth below what stands, or why it cannot be. */
function levelsOf(state: StageState): Map<number, number | Reason> {
  const levels = new Map<number, number | Reason>();
  const path: number[] = [];
  const visit = (line: number): number | Reason => {
    const known = levels.get(line);
    if (known !== undefined) return known;
    const circle = path.indexOf(line);
    if (circle >= 0 || path.length > DEEPEST) return { path: '', code: 'reference_circle' };
    path.push(line);
    let level: number | Reason = 0;
    for (const { field, text, key } of state.waiting.get(line) ?? []) {
      const target = state.names.get(key);
      if (target === undefined) {
        if (!state.plan.creates.has(field)) level = { path: field, code: 'unknown_name', params: { text } };
        continue;
      }
      const below = state.waiting.has(target) ? visit(target) : 0;
      if (typeof below !== 'number') {
        level = {
          path: field,
          code: below.code === 'reference_circle' ? below.code : 'reference_failed',
          params: { text, line: target },
        };
      } else if (typeof level === 'number') level = Math.max(level, below + 1);
    }
    path.pop();
    levels.set(line, level);
    return level;
  };
  for (const line of state.waiting.keys()) visit(line);
  return levels;
}

function makeUnknown(state: StageState, row: StagedRow): void {
  const unknown = (state.waiting.get(row.line) ?? []).filter(({ key }) => state.names.get(key) === undefined);
  for (const { field, text } of unknown) addMissing(state, row, field, [text]);
  for (const [field, texts] of Object.entries(row.pending ?? {})) {
    if (
      !unknown.some((each) => each.field === field) &&
      state.plan.entity.fields[field]?.to !== state.plan.entity.name
    )
      addMissing(state, row, field, texts);
  }
}

import { hashKey, nameKey } from '../duplicates/keys.ts';
import type { Entity } from '../entity/types.ts';
import type { Decision } from './decide.ts';
import type { ReadRow } from './plan.ts';
import type { RowRelations } from './relations.ts';
import { addMissing, putStaged, type StageState } from './stage-state.ts';
import { noteMatched, takeUnrated } from './stage-told.ts';
import type { StagedRow } from './types.ts';

/** Writes a decided row to the staged file, or to those that wait for another row of the file. */
export async function stageRow(
  state: StageState,
  row: ReadRow,
  decision: Decision,
  relations: RowRelations,
  person: RowRelations,
  personKnown: boolean,
  mark: string | undefined,
): Promise<void> {
  const { plan, summary } = state;
  summary.total += 1;
  const counts = decision.action === 'create' || decision.action === 'update';
  const warnings = takeUnrated(state, row.warnings, { counts });
  if (counts) noteMatched(state, [...relations.matched, ...person.matched]);
  const staged: StagedRow = { line: row.line, action: decision.action };
  if (decision.id) staged.id = decision.id;
  if (decision.same) staged.same = decision.same;
  if (mark && decision.action === 'create') staged.key = mark;
  const reasons = [...decision.reasons, ...(decision.action === 'fail' ? [] : warnings)];
  if (row.number && decision.action === 'create') {
    if (isOurs(plan.entity, row.number))
      reasons.push({ path: 'number', code: 'number_not_kept', params: { text: row.number } });
    else row.values.number = row.number;
  }
  if (counts) {
    staged.values = row.values;
    if (Object.keys(relations.pending).length) staged.pending = relations.pending;
  }
  if (row.person && decision.action !== 'fail' && !personKnown && isNewInFile(state, row, decision)) {
    staged.person = { values: row.person.values };
    if (Object.keys(person.pending).length) staged.person.pending = person.pending;
    if (staged.action === 'skip') staged.action = 'join';
  }
  if (staged.action === 'fail') staged.cells = row.cells;
  if (staged.action === 'join') reasons.splice(0, reasons.length, ...warnings);
  if (reasons.length) staged.reasons = reasons;
  const key =
    staged.action === 'create' ? nameKey(plan.entity, String(row.values[plan.entity.title] ?? '')) : null;
  if (key) state.names.add(key, row.line);
  const waits = waitingFor(state, relations);
  if (waits.length && (staged.action === 'create' || staged.action === 'update')) {
    state.waiting.set(row.line, waits);
    staged.cells = row.cells;
    await state.later.write(staged);
    return;
  }
  if (staged.action !== 'fail' && staged.action !== 'skip')
    noteMissing(state, staged, relations.pending, person.pending);
  await putStaged(state, staged);
}

/** Our own numbers are given by us; one from another system is kept. */
export const isOurs = (entity: Entity, number: string) =>
  new RegExp(`^${entity.numberPrefix}-\\d{4}-\\d+$`).test(number);

function isNewInFile(state: StageState, row: ReadRow, { id, same }: Decision): boolean {
  const title = state.plan.people?.entity.title as string;
  const key = hashKey(`person ${id ?? same ?? row.line} ${row.person?.values[title]}`);
  if (state.seen.get(key) !== undefined) return false;
  state.seen.add(key, row.line);
  return true;
}

function waitingFor({ plan }: StageState, { pending }: RowRelations) {
  return Object.entries(pending).flatMap(([field, texts]) => {
    if (plan.entity.fields[field]?.to !== plan.entity.name) return [];
    return texts.map((text) => ({ field, text, key: nameKey(plan.entity, text) ?? hashKey(text) }));
  });
}

function noteMissing(
  state: StageState,
  row: StagedRow,
  own: Record<string, string[]>,
  person: Record<string, string[]>,
): void {
  for (const [field, texts] of Object.entries(own)) addMissing(state, row, field, texts);
  for (const [field, texts] of Object.entries(person))
    addMissing(state, row, `${state.plan.people?.entity.name}.${field}`, texts);
}

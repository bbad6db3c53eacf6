import type { KeyTable } from './key-table.ts';
import type { RowHits, RowKeys } from './match.ts';
import type { ImportPlan, ReadRow } from './plan.ts';
import type { Reason, StagedRow } from './types.ts';

/** What is to become of a row, judged by its keys alone. */
export interface Decision {
  action: StagedRow['action'];
  id?: string;
  same?: number;
  reasons: Reason[];
}

/** What the base says of a row: create it, change a record, leave it, or refuse it. */
export function decideByBase(
  plan: ImportPlan,
  row: ReadRow,
  keys: RowKeys,
  hits: RowHits,
  visible: ReadonlySet<string>,
): Decision {
  const { options } = plan;
  const reasons: Reason[] = likelyReasons(hits);
  const ids = [...new Set(hits.certain.map(({ id }) => id))];
  const path = hits.certain[0]?.fields[0] ?? '';
  if (options.mode === 'upsert') {
    const key = options.key as string;
    if (keys.certain.length === 0) return { action: 'fail', reasons: [{ path: key, code: 'key_empty' }] };
    if (ids.length > 1)
      return {
        action: 'fail',
        reasons: [{ path: key, code: 'key_ambiguous', params: { count: ids.length } }],
      };
    if (ids[0]) return decideUpdate(ids[0], key, visible, reasons);
    if (key === 'id' || key === 'number') {
      return {
        action: 'fail',
        reasons: [
          { path: key, code: 'key_unknown', params: { text: (key === 'id' ? row.id : row.number) ?? '' } },
        ],
      };
    }
    return { action: 'create', reasons };
  }
  const [first] = ids;
  if (!first) return { action: 'create', reasons };
  if (options.onDuplicate === 'skip')
    return { action: 'skip', id: first, reasons: [{ path, code: 'duplicate' }] };
  if (options.onDuplicate === 'create')
    return { action: 'create', reasons: [...reasons, { path, code: 'certain_duplicate' }] };
  if (ids.length > 1) {
    // The record's own number is surer than what else may be shared.
    const own = hits.certain.find(({ fields }) => fields[0] === 'id' || fields[0] === 'number');
    if (!own)
      return {
        action: 'fail',
        reasons: [{ path, code: 'duplicate_ambiguous', params: { count: ids.length } }],
      };
    return decideUpdate(own.id, path, visible, reasons);
  }
  return decideUpdate(first, path, visible, reasons);
}

function decideUpdate(id: string, path: string, visible: ReadonlySet<string>, reasons: Reason[]): Decision {
  if (visible.has(id)) return { action: 'update', id, reasons };
  return { action: 'fail', reasons: [{ path, code: 'duplicate_out_of_scope' }] };
}

function likelyReasons(hits: RowHits): Reason[] {
  const ids = new Set(hits.likely.map(({ id }) => id));
  if (ids.size === 0) return [];
  const fields = [...new Set(hits.likely.map((hit) => hit.fields[0] as string))];
  return [
    {
      path: fields[0] ?? '',
      code: 'likely_duplicate',
      params: { count: ids.size, ids: [...ids].slice(0, 3), fields },
    },
  ];
}

/** The lines before this one: what they make counts like the base. Enters the row itself, when it will make a record. */
export function decideByFile(
  plan: ImportPlan,
  row: ReadRow,
  keys: RowKeys,
  decision: Decision,
  seen: KeyTable,
): Decision {
  if (decision.action !== 'create') return decision;
  const { options } = plan;
  for (const { key, fields } of keys.certain) {
    const line = seen.get(key);
    if (line === undefined) continue;
    const reason = { path: fields[0] ?? '', params: { line } };
    if (options.mode === 'upsert' || options.onDuplicate === 'update')
      return { ...decision, action: 'update', same: line };
    if (options.onDuplicate === 'skip')
      return { action: 'skip', same: line, reasons: [{ ...reason, code: 'duplicate_in_file' }] };
    decision.reasons.push({ ...reason, code: 'certain_duplicate_in_file' });
    break;
  }
  const likely = keys.likely.flatMap(({ key, fields }) => {
    const line = seen.get(key);
    return line === undefined
      ? []
      : [{ path: fields[0] ?? '', code: 'likely_duplicate_in_file', params: { line } }];
  });
  if (likely[0] && !decision.reasons.some(({ code }) => code.endsWith('_in_file')))
    decision.reasons.push(likely[0]);
  for (const { key } of [...keys.certain, ...keys.likely]) seen.add(key, row.line);
  return decision;
}

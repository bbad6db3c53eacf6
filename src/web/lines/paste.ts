import type { ClipboardEvent } from 'react';
import { get } from '../api/client.ts';
import type { Link, MetaEntity, MetaField } from '../api/types.ts';
import { cellsOf, columnsOf, decimalOf, isBlank, type Row } from './rows.ts';
import type { LineRules } from './rules.ts';

interface Pasted {
  rows: Row[];
  /** Names of records among the cells: what they may mean is asked of the server. */
  names: { at: number; field: MetaField; text: string }[];
}

/** Writes a copied range into the rows, from a cell on; null where the text is for one cell only. */
export function pasteInto(
  part: MetaEntity,
  fields: readonly MetaField[],
  rules: LineRules | undefined,
  given: { rows: readonly Row[]; fresh: () => Row; at: number; column: number; text: string },
): Pasted | null {
  if (!/[\t\n]/.test(given.text.trim())) return null;
  const cells = cellsOf(given.text);
  const { columns, heads } = columnsOf(fields, cells[0] ?? [], given.column);
  const rows = [...given.rows];
  const names: Pasted['names'] = [];
  for (const [offset, line] of cells.slice(heads ? 1 : 0).entries()) {
    const at = given.at + offset;
    const row = rows[at] ?? given.fresh();
    const next = { ...row };
    for (const [index, text] of line.entries()) {
      const field = columns[index];
      if (!field || text === '') continue;
      if (field.kind === 'reference') {
        names.push({ at, field, text });
        if (part.title in next && !next[part.title]) next[part.title] = text;
        else next[part.title] ??= text;
      } else next[field.name] = rules?.read(field.name, text) ?? readCell(field, text);
    }
    if (!isBlank(part, next, given.fresh())) rows[at] = next;
  }
  return { rows: rows.filter(Boolean), names };
}

function readCell(field: MetaField, text: string): unknown {
  if (field.kind === 'decimal') return decimalOf(text);
  if (field.kind === 'choice')
    return field.options?.find(({ label, value }) => label === text || value === text)?.value ?? text;
  return text.slice(0, field.max ?? 200);
}

/** The record of exactly this name, as far as the caller may see it. */
export async function recordNamed(to: string, text: string): Promise<Link | undefined> {
  const { items } = await get<{ items: Link[] }>(`/lookup/${to}`, { q: text, limit: 5 });
  return items.find(({ title }) => title === text);
}

/** The cell of a table an event is in. */
export function cellOf(event: Pick<ClipboardEvent, 'target'>): { at: number; column: number } | null {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]') : null;
  const row = cell?.closest<HTMLElement>('[data-row]');
  return cell && row ? { at: Number(row.dataset.row), column: Number(cell.dataset.column) } : null;
}

/** Which rows are selected: single ones, or everything that the list's filter matches. */
export interface Selection {
  ids: ReadonlySet<string>;
  all: boolean;
  /** Where a shift-click's range begins. */
  anchor: number | null;
}

export const NONE: Selection = { ids: new Set(), all: false, anchor: null };

export const isSelected = (selection: Selection, id: string): boolean =>
  selection.all || selection.ids.has(id);

export const selectionCount = (selection: Selection, total: number): number =>
  selection.all ? total : selection.ids.size;

/** A click on the box of a row; with shift the whole range from the last clicked row takes its new state. */
export function clickRow(
  selection: Selection,
  ids: readonly string[],
  index: number,
  range: boolean,
): Selection {
  const id = ids[index];
  if (id === undefined) return selection;
  const base = new Set(selection.all ? ids : selection.ids);
  const on = !base.has(id);
  const from = range && selection.anchor !== null ? selection.anchor : index;
  for (const other of ids.slice(Math.min(from, index), Math.max(from, index) + 1)) {
    if (on) base.add(other);
    else base.delete(other);
  }
  return { ids: base, all: false, anchor: index };
}

/** The box in the header: first all loaded rows, then none. */
export function clickAll(selection: Selection, ids: readonly string[]): Selection {
  const full = selection.all || (ids.length > 0 && ids.every((id) => selection.ids.has(id)));
  return full ? NONE : { ids: new Set(ids), all: false, anchor: null };
}

/** The list a record was opened from, so that its page can go to the next one. Lives as long as the tab. */
let remembered: { plural: string; ids: string[] } = { plural: '', ids: [] };

export function rememberList(plural: string, ids: string[]): void {
  remembered = { plural, ids };
}

export function neighboursOf(
  plural: string,
  id: string,
): { previous?: string; next?: string; at?: number; of?: number } {
  if (remembered.plural !== plural) return {};
  const at = remembered.ids.indexOf(id);
  if (at < 0) return {};
  const previous = remembered.ids[at - 1];
  const next = remembered.ids[at + 1];
  return {
    ...(previous ? { previous } : {}),
    ...(next ? { next } : {}),
    at: at + 1,
    of: remembered.ids.length,
  };
}

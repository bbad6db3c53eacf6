/** The mention being typed right before the caret: where its `@` stands and what follows it. */
export function mentionAt(text: string, caret: number): { from: number; q: string } | null {
  // A mail address is no mention.
  const found = /(?:^|[^\w.])@([\p{L}\p{N}·]{0,20})$/u.exec(text.slice(0, caret));
  const q = found?.[1];
  return q === undefined ? null : { from: caret - q.length - 1, q };
}

/** Parts of a comment, those that name one of the mentioned people marked. */
export function markedParts(text: string, names: readonly string[]): { text: string; mention: boolean }[] {
  const known = names.filter(Boolean).toSorted((a, b) => b.length - a.length);
  if (known.length === 0) return [{ text, mention: false }];
  const escaped = known.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return text
    .split(new RegExp(`(@(?:${escaped.join('|')}))`, 'u'))
    .filter(Boolean)
    .map((part) => ({ text: part, mention: part.startsWith('@') && known.includes(part.slice(1)) }));
}

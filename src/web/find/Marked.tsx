/** A text with what matched marked; ranges are half-open and in order of the text's characters. */
export function Marked({ text, ranges }: { text: string; ranges: [number, number][] }) {
  return pieces(text, ranges).map((piece, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
    piece.hit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
  );
}

/** Overlapping and unordered ranges are joined; what reaches beyond the text is cut. */
export function pieces(text: string, ranges: [number, number][]): { text: string; hit: boolean }[] {
  const out: { text: string; hit: boolean }[] = [];
  let at = 0;
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const start = Math.max(at, from);
    const end = Math.min(text.length, to);
    if (end <= start) continue;
    if (start > at) out.push({ text: text.slice(at, start), hit: false });
    const last = out.at(-1);
    if (last?.hit) last.text += text.slice(start, end);
    else out.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < text.length) out.push({ text: text.slice(at), hit: false });
  return out;
}

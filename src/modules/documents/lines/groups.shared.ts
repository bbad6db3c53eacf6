/** A line with the parts of it that stand beneath; most lines have none. */
export interface Group<T> {
  line: T;
  parts: T[];
  /** The place of the line among all. */
  at: number;
}

/** Lines with their parts: these follow the line of their bundle. A part that follows no bundle stands alone. */
export function groupsOf<T>(lines: readonly T[], bundled: (line: T) => unknown): Group<T>[] {
  const groups: Group<T>[] = [];
  for (const [at, line] of lines.entries()) {
    const last = groups.at(-1);
    if (bundled(line) === 'part' && last && bundled(last.line) === 'whole') last.parts.push(line);
    else groups.push({ line, parts: [], at });
  }
  return groups;
}

/** Where the group of a line begins and how many lines it has, itself and its parts; a part alone is one. */
export function groupAt<T>(lines: readonly T[], at: number, bundled: (line: T) => unknown): number {
  const [line] = lines.slice(at);
  if (line === undefined || bundled(line) !== 'whole') return 1;
  const after = lines.slice(at + 1).findIndex((each) => bundled(each) !== 'part');
  return after < 0 ? lines.length - at : after + 1;
}

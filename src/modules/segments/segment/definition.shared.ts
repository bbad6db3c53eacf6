/** The segments a definition names, at any depth. */
export function segmentsIn(definition: unknown): string[] {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'segment' && typeof value === 'string') found.add(value.toLowerCase());
      else if (key !== 'value') walk(value);
    }
  };
  walk(definition);
  return [...found];
}

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** Words in braces that mean nothing among those known. */
export const unknownPlaceholders = (text: string, known: readonly string[]): string[] => [
  ...new Set(
    [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '').filter((name) => !known.includes(name)),
  ),
];

/** A text with its personal words. What is filled in is not looked through again. */
export const filledText = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(PLACEHOLDER, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] as string) : whole,
  );

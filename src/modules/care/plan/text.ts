/** What a text may be filled in with: the salutation, the customer, the occasion and what is remembered. */
const PLACEHOLDERS = ['name', 'company', 'occasion', 'memory'] as const;
export type Placeholders = Record<(typeof PLACEHOLDERS)[number], string>;

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** Words in braces that mean nothing. */
export const unknownPlaceholders = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(PLACEHOLDER)]
      .map((match) => match[1] ?? '')
      .filter((name) => !(PLACEHOLDERS as readonly string[]).includes(name)),
  ),
];

/** A text with its personal fields. What is filled in is not looked through again. */
export const filledText = (text: string, values: Placeholders): string =>
  text.replace(PLACEHOLDER, (whole, name: string) => values[name as keyof Placeholders] ?? whole);

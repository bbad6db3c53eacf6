import { filledText as filled, unknownPlaceholders as unknown } from '../../../platform/text/placeholders.ts';

/** What a text may be filled in with: the salutation, the customer, the occasion and what is remembered. */
const PLACEHOLDERS = ['name', 'company', 'occasion', 'memory'] as const;
export type Placeholders = Record<(typeof PLACEHOLDERS)[number], string>;

/** Words in braces that mean nothing. */
export const unknownPlaceholders = (text: string): string[] => unknown(text, PLACEHOLDERS);

/** A text with its personal fields. */
export const filledText = (text: string, values: Placeholders): string => filled(text, values);

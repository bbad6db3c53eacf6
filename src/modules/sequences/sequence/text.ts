/** What the texts of steps may be filled in with: the salutation, the company, the product asked for, and who of ours writes. */
export const STEP_WORDS = ['name', 'company', 'product', 'owner'] as const;
export type StepWords = Record<(typeof STEP_WORDS)[number], string>;

import type { Values } from './model.ts';

/** Unsaved input survives a closed tab, per form and user, for a week. */
const WEEK_MS = 7 * 24 * 3600 * 1000;
const keyOf = (form: string) => `guanxi.draft.${form}`;

export function readDraft(form: string): Values | null {
  try {
    const { at, values } = JSON.parse(localStorage.getItem(keyOf(form)) ?? 'null') as {
      at: number;
      values: Values;
    };
    if (Date.now() - at < WEEK_MS) return values;
    dropDraft(form);
  } catch {
    // No draft, or one of an older shape.
  }
  return null;
}

export function writeDraft(form: string, values: Values): void {
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values }));
  } catch {
    // A full store loses the draft, not the form.
  }
}

export const dropDraft = (form: string): void => localStorage.removeItem(keyOf(form));

/** Drafts are the signed-in person's own: they go when he signs out. */
export function dropAllDrafts(): void {
  for (const key of Object.keys(localStorage))
    if (key.startsWith('guanxi.draft.')) localStorage.removeItem(key);
}

import type { Link, WireRecord } from '../../../web/api/types.ts';

/** A plan as its editor holds it. */
export interface PlanDraft {
  name: string;
  occasion: string;
  festival: string | null;
  action: string;
  grades: string[];
  segment: Link | null;
  leadDays: number;
  assignee: Link | null;
  text: string;
  active: boolean;
}

const NEW: PlanDraft = {
  name: '',
  occasion: 'birthday',
  festival: null,
  action: 'message',
  grades: [],
  segment: null,
  leadDays: 1,
  assignee: null,
  text: '',
  active: true,
};

const SEPARATORS = /[,，、\s]+/;

/** A plan as the server tells it, or as a form was begun with, for the editor. */
export function draftOf(record: Partial<WireRecord> | Record<string, unknown>): PlanDraft {
  const given = Object.fromEntries(
    Object.entries(record).filter(([name, value]) => name in NEW && value !== null),
  );
  return {
    ...NEW,
    ...given,
    grades: String(record.grades ?? '')
      .split(SEPARATORS)
      .filter(Boolean),
  };
}

/** The grades a plan is for as people call them; one that is gone keeps the name it was written with. */
export const gradesInWords = (grades: unknown, options: readonly { value: string; label: string }[] = []) =>
  draftOf({ grades })
    .grades.map((grade) => options.find(({ value }) => value === grade)?.label ?? grade)
    .join('、');

/** What is sent: a festival only where the occasion is one. */
export const bodyOf = (draft: PlanDraft) => ({
  ...draft,
  name: draft.name.trim(),
  festival: draft.occasion === 'festival' ? draft.festival : null,
  grades: draft.grades.join(',') || null,
  segment: draft.segment?.id ?? null,
  assignee: draft.assignee?.id ?? null,
  text: draft.text.trim() || null,
});

/** What the preview goes by. */
export function wishOf(draft: PlanDraft) {
  const { name: _name, active: _active, ...wish } = bodyOf(draft);
  return wish;
}

export const isReady = (draft: PlanDraft): boolean =>
  draft.name.trim() !== '' && (draft.occasion !== 'festival' || draft.festival !== null);

/** A text with a placeholder put where the caret stands. */
export const withPlaceholder = (text: string, at: number, name: string): string =>
  `${text.slice(0, at)}{${name}}${text.slice(at)}`;

import type { QuestionKind } from '../survey/question.shared.ts';

interface Named {
  id: string;
  title: string;
}

/** Somebody who was asked. */
export interface Invited {
  id: string;
  customer: Named | null;
  contact: Named | null;
  mail: 'none' | 'waiting' | 'sent' | 'left';
  leftBecause: string | null;
  mailedAt: string | null;
  /** Null where nobody may know. */
  answered: boolean | null;
  answer: string | null;
}

/** What one question got. */
export interface QuestionResult {
  id: string;
  text: string;
  kind: QuestionKind;
  replies: number;
  /** Of choices and marks, in their order, with those nobody chose. */
  counts: { value: string; count: number }[];
  average: string | null;
  median: string | null;
  lowest: string | null;
  highest: string | null;
  /** The latest words. */
  words: string[];
}

/** What a survey brought, as far as the reader sees whose answers they are. */
export interface Results {
  invited: number;
  mailed: number;
  /** By links of their own. */
  back: number;
  answers: number;
  anonymous: boolean;
  /** Too few have answered for them to stay unknown. */
  tooFew: boolean;
  mayExport: boolean;
  publicUrl: string | null;
  previewUrl: string;
  questions: QuestionResult[];
}

/** One answer, as a whole. Without a name there is nothing but what was said. */
export interface Sheet {
  /** The record on the file of whoever said it. */
  answer: string | null;
  at: string | null;
  customer: Named | null;
  contact: Named | null;
  said: { question: string; text: string; words: string }[];
}

/** Fewer answers without a name than these are not shown: who knows whom he asked would know who said it. */
export const LEAST_ANONYMOUS = 3;

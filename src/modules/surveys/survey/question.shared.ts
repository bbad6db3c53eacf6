/** What can be asked. `scale` runs from its lowest to its highest mark (1 to 5 unless told), `nps` from 0 to 10. */
export const QUESTION_KINDS = ['single', 'multi', 'scale', 'nps', 'number', 'text'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** A question as it is asked, with the wire values of its row. */
export interface Question {
  id: string;
  text: string;
  kind: QuestionKind;
  mandatory: boolean;
  choices: string[];
  lowest: number | null;
  highest: number | null;
  onlyAfter: number | null;
  onlyFor: string[];
  textEnglish: string | null;
  choicesEnglish: string[];
}

/** What one question got. Of a choice its choices in the house's words, of the rest a number or words. */
export interface Reply {
  question: string;
  choices: string[];
  number: string | null;
  words: string | null;
}

/** A scale has no more marks, for a row of them fits a phone. */
export const MOST_MARKS = 11;

/** The marks of a scale, of which the person picks one. */
export function marksOf({ kind, lowest, highest }: Pick<Question, 'kind' | 'lowest' | 'highest'>): number[] {
  const [from, to] = kind === 'nps' ? [0, 10] : [lowest ?? 1, highest ?? 5];
  return Array.from({ length: Math.max(0, Math.min(to - from + 1, MOST_MARKS)) }, (_, at) => from + at);
}

export const hasChoices = (kind: QuestionKind): boolean => kind === 'single' || kind === 'multi';
export const hasMarks = (kind: QuestionKind): boolean => kind === 'scale' || kind === 'nps';

/** What a later question may depend on: the choices or marks of this one. */
export const optionsOf = (question: Question): string[] =>
  hasChoices(question.kind) ? question.choices : hasMarks(question.kind) ? marksOf(question).map(String) : [];

/** Whether a question is asked, given what was replied to those before it. */
export function isAsked(
  question: Question,
  questions: readonly Question[],
  replies: readonly Reply[],
): boolean {
  if (question.onlyAfter === null) return true;
  const earlier = questions[question.onlyAfter - 1];
  const reply = replies.find((each) => each.question === earlier?.id);
  if (!reply) return false;
  return [...reply.choices, ...(reply.number === null ? [] : [reply.number])].some((said) =>
    question.onlyFor.includes(said),
  );
}

/** Net promoter score: those who give 9 or 10 less those who give 6 or less, in per cent of all. */
export function promoterScore(counts: readonly { value: string; count: number }[]): number | null {
  const sum = (fits: (mark: number) => boolean) =>
    counts.reduce((all, { value, count }) => (fits(Number(value)) ? all + count : all), 0);
  const all = sum(() => true);
  return all === 0 ? null : Math.round(((sum((mark) => mark >= 9) - sum((mark) => mark <= 6)) / all) * 100);
}

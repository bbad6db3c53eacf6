import type { ComponentType } from 'react';

/** A line of which so much may still go, with what somebody says of it. */
export interface QuantityLine {
  id: string;
  name: string;
  left: string;
  quantity: string;
}

/** Something a step wants to know before it is taken. An answer that is left empty is not sent. */
export type Question = { name: string; label: string; required?: boolean } & (
  | { kind: 'text' | 'longText'; value?: string; pattern?: RegExp; max?: number }
  | { kind: 'amount' }
  | { kind: 'date'; value?: string }
  | { kind: 'reference'; to: string }
  /** `labelOf` names the field of a line, `none` says that there is none. */
  | { kind: 'quantities'; lines: readonly QuantityLine[]; labelOf(line: QuantityLine): string; none: string }
);

export type Answers = Record<string, unknown>;

/** What may be done next with a record, as a button beside its name. */
export interface Step {
  key: string;
  label: string;
  primary?: boolean;
  /** Asked for in a dialog; without questions it is done at once. */
  asks?: readonly Question[];
  /** A dialog of its own in place of questions. */
  dialog?: ComponentType<{ onClose(): void }>;
  take(answers: Answers): Promise<unknown>;
  /** Takes a refusal of a step that asks nothing; told to whoever pressed the button unless given. */
  refused?(error: unknown): void;
}

const AMOUNT = /^\d{1,15}(\.\d{1,6})?$/;

/** Whether an answer may be sent as it stands. */
export function isAnswered(question: Question, answer: unknown): boolean {
  if (question.kind === 'quantities')
    return ((answer ?? []) as QuantityLine[]).some(({ quantity }) => Number(quantity) > 0);
  const text = typeof answer === 'string' ? answer.trim() : answer;
  if (text === undefined || text === null || text === '') return !question.required;
  if (question.kind === 'amount') return AMOUNT.test(String(text)) && Number(text) > 0;
  return question.kind !== 'text' || !question.pattern || question.pattern.test(String(text));
}

/** What is sent: texts trimmed, quantities of those lines that have one, nothing where nothing was said. */
export function answersOf(questions: readonly Question[], given: Answers): Answers {
  const pairs = questions.flatMap((question): [string, unknown][] => {
    const answer = given[question.name];
    if (question.kind === 'quantities') {
      const lines = ((answer ?? []) as QuantityLine[]).filter(({ quantity }) => Number(quantity) > 0);
      return [[question.name, lines.map(({ id, quantity }) => ({ id, quantity }))]];
    }
    const value = typeof answer === 'string' ? answer.trim() : answer;
    return value === undefined || value === null || value === '' ? [] : [[question.name, value]];
  });
  return Object.fromEntries(pairs);
}

import { fieldOf } from '../sheet/check.ts';
import { hasChoices, optionsOf, type Question } from '../survey/question.shared.ts';

/** The name of a question's block on the page. */
export const blockOf = (number: number): string => `b${number}`;

/**
 * Rules of style that show a question only where the answer it depends on is given, without any script. A browser that does not
 * know them shows every question; what was not to be asked is passed over all the same (sheet/check.ts).
 */
export function branchStyle(questions: readonly Question[]): string {
  const rules = questions.flatMap((question, at) => {
    const conditions = conditionsOf(question, questions);
    if (conditions.length === 0) return [];
    const block = `#${blockOf(at + 1)}`;
    return [`${block}{display:none}form${conditions.join('')} ${block}{display:block}`];
  });
  return rules.length ? `@supports selector(:has(*)){${rules.join('')}}` : '';
}

/** All that must hold, the earlier question's own conditions before the answer to it. */
function conditionsOf(question: Question, questions: readonly Question[]): string[] {
  if (question.onlyAfter === null) return [];
  const earlier = questions[question.onlyAfter - 1];
  // One that depends on a later one is never asked; the survey cannot be saved so.
  if (!earlier || questions.indexOf(earlier) >= questions.indexOf(question)) return [':has(.never)'];
  const inputs = question.onlyFor.flatMap((value) => {
    const place = optionsOf(earlier).indexOf(value);
    return place < 0 ? [] : [`${inputOf(earlier, question.onlyAfter as number, place, value)}:checked`];
  });
  return [...conditionsOf(earlier, questions), `:has(${inputs.join(',') || '.never'})`];
}

const inputOf = (earlier: Question, number: number, place: number, value: string): string =>
  earlier.kind === 'multi'
    ? `[name="${fieldOf(number, place)}"]`
    : `[name="${fieldOf(number)}"][value="${hasChoices(earlier.kind) ? place : Number(value)}"]`;

import { hasChoices, isAsked, marksOf, type Question, type Reply } from '../survey/question.shared.ts';

type Sent = Readonly<Record<string, string>>;

/** The name of a question's field on the page; of several choices, of one of them. */
export const fieldOf = (number: number, choice?: number): string =>
  choice === undefined ? `q${number}` : `q${number}.${choice}`;

/** Longest words. */
export const MOST_WORDS = 2000;

/**
 * What somebody sent as replies, or what is wrong with it, as a code by the question's field. Questions that are not asked,
 * because of what was said before, are passed over whatever was sent for them.
 */
export function readSheet(
  questions: readonly Question[],
  sent: Sent,
): { replies: Reply[]; errors: Record<string, string> } {
  const replies: Reply[] = [];
  const errors: Record<string, string> = {};
  for (const [at, question] of questions.entries()) {
    if (!isAsked(question, questions, replies)) continue;
    const said = readReply(question, at + 1, sent);
    if (typeof said === 'string') errors[fieldOf(at + 1)] = said;
    else if (said) replies.push({ question: question.id, choices: [], number: null, words: null, ...said });
    else if (question.mandatory) errors[fieldOf(at + 1)] = 'survey_required';
  }
  return { replies, errors };
}

/** A reply; null where there is none; the code of what is wrong with it. */
function readReply(question: Question, number: number, sent: Sent): Partial<Reply> | string | null {
  const text = (sent[fieldOf(number)] ?? '').trim();
  const { kind, choices } = question;
  if (kind === 'multi') {
    const picked = choices.filter((_, at) => sent[fieldOf(number, at)] === 'yes');
    return picked.length ? { choices: picked } : null;
  }
  if (text === '') return null;
  if (hasChoices(kind)) {
    const choice = /^\d{1,3}$/.test(text) ? choices[Number(text)] : undefined;
    return choice === undefined ? 'survey_choice_wrong' : { choices: [choice] };
  }
  if (kind === 'text') return { words: text.slice(0, MOST_WORDS) };
  if (kind === 'number') return readNumber(question, text);
  return marksOf(question).map(String).includes(text) ? { number: text } : 'survey_choice_wrong';
}

/** Digits as people type them: full width, with commas between thousands. */
function readNumber({ lowest, highest }: Question, text: string): Partial<Reply> | string {
  const plain = text.normalize('NFKC').replaceAll(/[,\s]/g, '');
  if (!/^-?\d{1,12}(\.\d{1,4})?$/.test(plain)) return 'survey_number_wrong';
  const value = Number(plain);
  if ((lowest !== null && value < lowest) || (highest !== null && value > highest))
    return 'survey_out_of_bounds';
  return { number: plain };
}

/** Replies as the page's fields, to be filled in again. */
export function fieldsOf(questions: readonly Question[], replies: readonly Reply[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { question, choices, number, words } of replies) {
    const at = questions.findIndex(({ id }) => id === question);
    const asked = questions[at];
    if (!asked) continue;
    const places = choices.map((choice) => asked.choices.indexOf(choice)).filter((place) => place >= 0);
    if (asked.kind === 'multi') for (const place of places) fields[fieldOf(at + 1, place)] = 'yes';
    else
      fields[fieldOf(at + 1)] = asked.kind === 'single' ? String(places[0] ?? '') : (number ?? words ?? '');
  }
  return fields;
}

/** Replies in words, question by question, as they stand on a file. */
export const wordsOf = (questions: readonly Question[], replies: readonly Reply[]): string =>
  replies
    .flatMap((reply) => {
      const asked = questions.find(({ id }) => id === reply.question);
      return asked ? [`${asked.text}：${reply.words ?? reply.number ?? reply.choices.join('、')}`] : [];
    })
    .join('\n');

/** The mark of the first question that asks for one: of recommending before any other. */
export function scoreOf(questions: readonly Question[], replies: readonly Reply[]): string | null {
  const marks = (['nps', 'scale'] as const).flatMap((kind) => questions.filter((each) => each.kind === kind));
  return marks.map(({ id }) => replies.find(({ question }) => question === id)?.number).find(Boolean) ?? null;
}

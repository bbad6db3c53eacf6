import { escapeHtml, outsidePage } from '../../../platform/http/html.ts';
import { FORM_STYLE, guardFields } from '../../../platform/http/outside-form.ts';
import type { Language } from '../../../platform/i18n/translations.ts';
import { fieldOf, MOST_WORDS } from '../sheet/check.ts';
import type { Asked } from '../sheet/read.ts';
import { hasMarks, marksOf, type Question } from '../survey/question.shared.ts';
import { blockOf, branchStyle } from './branches.ts';

export interface Shown {
  language: Language;
  say(key: string, params?: Record<string, string | number>): string;
  /** Where the page is. */
  path: string;
  token: string;
  /** What was filled in before, with what is wrong about it. */
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
  /** What stands above the questions. */
  notes: readonly string[];
  message: string | null;
  /** Looked at by who writes it: nothing can be sent. */
  preview: boolean;
}

const STYLE = `${FORM_STYLE}
main{padding-bottom:40px}fieldset{border:0;margin:22px 0 0;padding:0;min-width:0}legend{padding:0;font-weight:600}
.q{margin:22px 0 0}.q>label{font-weight:600;margin:0}form{counter-reset:q}.q,fieldset{counter-increment:q}.q>label::before,legend::before{content:counter(q) '. '}
fieldset .choice span{font-size:15px;color:inherit}fieldset .choice{font-size:15px;margin:0;padding:9px 0;border-bottom:1px solid #eee8dd;cursor:pointer}
.marks{display:grid;grid-template-columns:repeat(auto-fit,minmax(42px,1fr));gap:6px;margin-top:8px}
.marks label{position:relative;margin:0;text-align:center;padding:9px 0;border:1px solid #c9c3b8;border-radius:6px;cursor:pointer}
.marks input{position:absolute;inset:0;opacity:0;margin:0;cursor:pointer}
.marks label:has(:checked){background:#28566f;border-color:#28566f;color:#fff}
.marks label:has(:focus-visible){outline:2px solid #28566f;outline-offset:1px}
.ends{display:flex;justify-content:space-between;font-size:13px;color:#5b626b;margin-top:4px}
.note{font-size:13px;color:#5b626b}.lang{float:right;font-size:13px;color:#28566f}.must{color:#c8432b}`;

const pick = (language: Language, chinese: string | null, english: string | null) =>
  (language === 'en' && english) || chinese;

export const headingOf = (asked: Asked, language: Language): string =>
  pick(language, asked.heading, asked.headingEnglish) ?? asked.name;
export const introOf = (asked: Asked, language: Language): string | null =>
  pick(language, asked.intro, asked.introEnglish);
export const thanksOf = (asked: Asked, language: Language): string | null =>
  pick(language, asked.thanks, asked.thanksEnglish);

/** A page with nothing to fill in. */
export function plainPage(asked: Asked, { language, say, path }: Shown, lines: readonly string[]): string {
  const title = headingOf(asked, language);
  const body = lines.map((line) => `<p role="status">${escapeHtml(line)}</p>`).join('');
  return outsidePage(
    language,
    title,
    STYLE,
    `${switchOf(language, say, path)}<h1>${escapeHtml(title)}</h1>${body}`,
  );
}

/** The survey as people outside see it, on a phone first. */
export function surveyPage(asked: Asked, shown: Shown): string {
  const { language, say, path, token, errors, notes, message } = shown;
  const title = headingOf(asked, language);
  const intro = introOf(asked, language);
  const parts = [
    switchOf(language, say, path),
    `<h1>${escapeHtml(title)}</h1>`,
    intro ? `<p>${escapeHtml(intro)}</p>` : '',
    ...notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`),
    message ? `<p class="bad" role="alert">${escapeHtml(message)}</p>` : '',
    `<form method="post" action="${escapeHtml(path)}?lang=${language}">`,
    guardFields(token, say('survey.page.honeypot')),
    ...asked.questions.map((question, at) => questionOf(question, at + 1, shown, errors[fieldOf(at + 1)])),
    `<button type="submit"${shown.preview ? ' disabled' : ''}>${escapeHtml(say('survey.page.send'))}</button></form>`,
  ];
  return outsidePage(language, title, STYLE + branchStyle(asked.questions), parts.join('\n'));
}

const switchOf = (language: Language, say: Shown['say'], path: string) =>
  `<a class="lang" href="${escapeHtml(path)}?lang=${language === 'zh' ? 'en' : 'zh'}">${escapeHtml(say('survey.page.other'))}</a>`;

function questionOf(question: Question, number: number, shown: Shown, error: string | undefined): string {
  const { language } = shown;
  const text = pick(language, question.text, question.textEnglish) ?? '';
  const must = question.mandatory ? ' <span class="must" aria-hidden="true">*</span>' : '';
  const title = `${escapeHtml(text)}${must}`;
  const wrong = error ? `<p class="bad">${escapeHtml(error)}</p>` : '';
  const id = blockOf(number);
  if (question.kind === 'text' || question.kind === 'number')
    return `<div class="q" id="${id}"><label for="${fieldOf(number)}">${title}</label>${written(question, number, shown, Boolean(error))}${wrong}</div>`;
  const controls = hasMarks(question.kind)
    ? marks(question, number, shown)
    : labelsOf(question, language)
        .map((label, place) => choice(question, number, { label, place }, shown))
        .join('');
  return `<fieldset id="${id}"><legend>${title}</legend>${wrong}${controls}</fieldset>`;
}

const labelsOf = ({ choices, choicesEnglish }: Question, language: Language): string[] =>
  choices.map((chinese, at) => (language === 'en' && choicesEnglish[at]) || chinese);

function written(
  { kind, mandatory, onlyAfter }: Question,
  number: number,
  { values }: Shown,
  invalid: boolean,
) {
  const name = fieldOf(number);
  // What may be hidden cannot be required by the browser: it would refuse to send and show nothing.
  const required = mandatory && onlyAfter === null ? ' required' : '';
  const attributes = `id="${name}" name="${name}"${required}${invalid ? ' aria-invalid="true"' : ''}`;
  const value = escapeHtml(values[name] ?? '');
  return kind === 'text'
    ? `<textarea ${attributes} rows="3" maxlength="${MOST_WORDS}">${value}</textarea>`
    : `<input ${attributes} inputmode="decimal" maxlength="30" value="${value}">`;
}

function choice(
  { kind, mandatory, onlyAfter }: Question,
  number: number,
  { label, place }: { label: string; place: number },
  { values }: Shown,
): string {
  const several = kind === 'multi';
  const name = fieldOf(number, several ? place : undefined);
  const value = several ? 'yes' : String(place);
  const required = mandatory && !several && onlyAfter === null ? ' required' : '';
  const checked = values[name] === value ? ' checked' : '';
  return `<label class="choice"><input type="${several ? 'checkbox' : 'radio'}" name="${name}" value="${value}"${required}${checked}>
    <span>${escapeHtml(label)}</span></label>`;
}

function marks(question: Question, number: number, { values, say, language }: Shown): string {
  const name = fieldOf(number);
  const required = question.mandatory && question.onlyAfter === null ? ' required' : '';
  const buttons = marksOf(question).map(
    (mark) =>
      `<label><input type="radio" name="${name}" value="${mark}"${required}${values[name] === String(mark) ? ' checked' : ''}>${mark}</label>`,
  );
  const ends =
    question.kind === 'nps'
      ? [say('survey.page.never'), say('survey.page.surely')]
      : labelsOf(question, language);
  const words = ends.map((end) => `<span>${escapeHtml(end)}</span>`).join('');
  return `<div class="marks">${buttons.join('')}</div>${words ? `<div class="ends">${words}</div>` : ''}`;
}

import { expect, test } from 'vitest';
import type { Question } from '../survey/question.shared.ts';
import { branchStyle } from './branches.ts';

const question = (more: Partial<Question>): Question => ({
  id: '',
  text: '',
  kind: 'single',
  mandatory: true,
  choices: ['是', '否'],
  lowest: null,
  highest: null,
  onlyAfter: null,
  onlyFor: [],
  textEnglish: null,
  choicesEnglish: [],
  ...more,
});

test('nothing depends, nothing is said', () => expect(branchStyle([question({})])).toBe(''));

test.each<[string, Question[], string]>([
  [
    'a choice',
    [question({}), question({ onlyAfter: 1, onlyFor: ['否'] })],
    '#b2{display:none}form:has([name="q1"][value="1"]:checked) #b2{display:block}',
  ],
  [
    'one of several choices',
    [question({ kind: 'multi' }), question({ onlyAfter: 1, onlyFor: ['是', '否'] })],
    '#b2{display:none}form:has([name="q1.0"]:checked,[name="q1.1"]:checked) #b2{display:block}',
  ],
  [
    'a mark',
    [question({ kind: 'nps' }), question({ onlyAfter: 1, onlyFor: ['6'] })],
    '#b2{display:none}form:has([name="q1"][value="6"]:checked) #b2{display:block}',
  ],
  [
    'an answer there is no more',
    [question({}), question({ onlyAfter: 1, onlyFor: ['"}body{'] })],
    '#b2{display:none}form:has(.never) #b2{display:block}',
  ],
  [
    'itself',
    [question({ onlyAfter: 1, onlyFor: ['是'] })],
    '#b1{display:none}form:has(.never) #b1{display:block}',
  ],
])('a question that depends on %s', (_what, questions, rules) =>
  expect(branchStyle(questions)).toBe(`@supports selector(:has(*)){${rules}}`),
);

test('what depends on what depends is shown only with both', () => {
  const chain = [
    question({}),
    question({ onlyAfter: 1, onlyFor: ['是'] }),
    question({ onlyAfter: 2, onlyFor: ['是'] }),
  ];
  expect(branchStyle(chain)).toContain(
    'form:has([name="q1"][value="0"]:checked):has([name="q2"][value="0"]:checked) #b3{display:block}',
  );
});

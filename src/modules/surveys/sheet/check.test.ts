import { describe, expect, test } from 'vitest';
import { promoterScore, type Question } from '../survey/question.shared.ts';
import { fieldsOf, readSheet, scoreOf, wordsOf } from './check.ts';

const question = (id: string, more: Partial<Question> = {}): Question => ({
  id,
  text: `问${id}`,
  kind: 'text',
  mandatory: true,
  choices: [],
  lowest: null,
  highest: null,
  onlyAfter: null,
  onlyFor: [],
  textEnglish: null,
  choicesEnglish: [],
  ...more,
});
const QUESTIONS = [
  question('a', { kind: 'single', choices: ['是', '否'] }),
  question('b', { kind: 'multi', choices: ['快', '好', '省'], onlyAfter: 1, onlyFor: ['是'] }),
  question('c', { kind: 'nps' }),
  question('d', { kind: 'number', mandatory: false, lowest: 0, highest: 100 }),
  question('e', { kind: 'text', onlyAfter: 2, onlyFor: ['省'] }),
  question('f', { kind: 'scale', mandatory: false, lowest: 1, highest: 3 }),
];

describe('what somebody sent', () => {
  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['nothing', {}, { q1: 'survey_required', q3: 'survey_required' }],
    ['all that is asked', { q1: '1', q3: '10' }, {}],
    ['a branch left open', { q1: '0', q3: '0' }, { q2: 'survey_required' }],
    ['a branch of a branch left open', { q1: '0', 'q2.2': 'yes', q3: '0' }, { q5: 'survey_required' }],
    ['a branch that was closed again', { q1: '1', 'q2.2': 'yes', q3: '0' }, {}],
    ['a choice there is not', { q1: '2', q3: '10' }, { q1: 'survey_choice_wrong' }],
    ['a choice by its words', { q1: '是', q3: '10' }, { q1: 'survey_choice_wrong' }],
    ['a mark beyond the scale', { q1: '1', q3: '11' }, { q3: 'survey_choice_wrong' }],
    ['a mark between two', { q1: '1', q3: '9.5' }, { q3: 'survey_choice_wrong' }],
    ['no number', { q1: '1', q3: '1', q4: '很多' }, { q4: 'survey_number_wrong' }],
    ['a number out of bounds', { q1: '1', q3: '1', q4: '100.5' }, { q4: 'survey_out_of_bounds' }],
    ['a number too long', { q1: '1', q3: '1', q4: '1e9' }, { q4: 'survey_number_wrong' }],
    ['blanks', { q1: '1', q3: '  ' }, { q3: 'survey_required' }],
  ])('%s', (_what, sent, errors) => expect(readSheet(QUESTIONS, sent).errors).toEqual(errors));

  test('is kept in the house’s words; what was not asked is not', () => {
    const { replies } = readSheet(QUESTIONS, {
      q1: '0',
      'q2.0': 'yes',
      'q2.2': 'yes',
      q3: '9',
      q4: '１，2',
      q5: ' 便宜 ',
      q6: '2',
    });
    expect(wordsOf(QUESTIONS, replies)).toBe('问a：是\n问b：快、省\n问c：9\n问d：12\n问e：便宜\n问f：2');
    expect(scoreOf(QUESTIONS, replies)).toBe('9');
    const hidden = readSheet(QUESTIONS, { q1: '1', 'q2.2': 'yes', q3: '4', q5: '便宜' });
    expect(wordsOf(QUESTIONS, hidden.replies)).toBe('问a：否\n问c：4');
  });

  test('is filled in again as it was sent', () => {
    const sent = { q1: '0', 'q2.0': 'yes', 'q2.2': 'yes', q3: '9', q4: '12', q5: '便宜' };
    expect(fieldsOf(QUESTIONS, readSheet(QUESTIONS, sent).replies)).toEqual(sent);
  });
});

test('a mark of satisfaction is the score where nobody is asked for recommending', () => {
  const questions = [question('a', { kind: 'scale' }), question('b', { kind: 'number' })];
  expect(scoreOf(questions, readSheet(questions, { q1: '4', q2: '7' }).replies)).toBe('4');
  expect(scoreOf([], [])).toBeNull();
});

test.each<[string, Record<string, number>, number | null]>([
  ['nobody', {}, null],
  ['all for it', { '9': 1, '10': 3 }, 100],
  ['all against it', { '0': 1, '6': 1 }, -100],
  ['in between counts as one of all', { '7': 1, '8': 1, '10': 2 }, 50],
  ['rounded', { '10': 1, '8': 1, '0': 1, '9': 1, '7': 2 }, 17],
])('the promoter score of %s', (_who, counts, score) =>
  expect(promoterScore(Object.entries(counts).map(([value, count]) => ({ value, count })))).toBe(score),
);

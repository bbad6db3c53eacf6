import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { beforeAll, expect, test } from 'vitest';
import type { ApprovalSheet, SheetStep } from '../../platform/approvals/sheet.shared.ts';
import zh from '../i18n/zh.json' with { type: 'json' };
import { Path } from './Path.tsx';

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({
    lng: 'zh',
    resources: { zh: { translation: zh } },
    keySeparator: false,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  }),
);

const PEOPLE = { a: '安然', b: '包博', c: '陈曦' };
const seat = (
  person: keyof typeof PEOPLE,
  state: SheetStep['seats'][number]['state'],
  more: object = {},
) => ({
  id: person,
  person,
  state,
  note: null,
  to: null,
  ...more,
});
const step = (seats: SheetStep['seats'], more: Partial<SheetStep> = {}): SheetStep => ({
  id: 's',
  kind: 'approve',
  name: '主管',
  mode: 'all',
  state: 'open',
  outcome: null,
  added: null,
  seats,
  upcoming: [],
  ...more,
});

/** The words at the one step of an approval that runs. */
function wordsOf(one: SheetStep): string {
  const sheet = { steps: [one], at: 0, status: 'running', people: PEOPLE, startedBy: null, endedAt: null };
  const path = createElement(Path, { sheet: sheet as unknown as ApprovalSheet });
  const html = renderToStaticMarkup(createElement(I18nextProvider, { i18n }, path));
  const words = html.split('<li').map((part) => part.replace(/^[^>]*>|<[^>]+>/g, ''));
  return words[2] ?? '';
}

test.each<[string, SheetStep, string]>([
  ['asked', step([seat('a', 'open')]), '主管安然待审批'],
  ['of several, how', step([seat('a', 'approved'), seat('b', 'open')]), '主管 会签安然已同意包博待审批'],
  [
    'gave his place away',
    step([seat('a', 'dropped', { to: 'b' }), seat('b', 'open', { note: 'handed' })]),
    '主管 会签安然已转交给包博包博待审批 · 转交而来',
  ],
  [
    'not needed once another has decided',
    step([seat('a', 'dropped'), seat('b', 'approved')], { mode: 'any' }),
    '主管 或签安然不再需要包博已同意',
  ],
  [
    'asked besides',
    step([seat('c', 'open')], { added: { by: 'a', where: 'after' } }),
    '主管 安然加签陈曦待审批',
  ],
  ['still to come', step([], { state: 'waiting', upcoming: ['c'] }), '主管陈曦'],
  ['nobody to come', step([], { state: 'waiting' }), '主管管理员'],
])('a step tells who is %s', (_what, one, words) => {
  expect(wordsOf(one)).toBe(words);
});

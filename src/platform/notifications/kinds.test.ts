import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { kindsOf } from './kind.ts';

let house: TestApp;
beforeAll(async () => {
  house = await startTestApp();
});
afterAll(() => house?.stop());

test('every kind has its name and text in both languages, with the same places to fill in', () => {
  const { words } = house.services.registry();
  const places = (text: string | undefined) =>
    [...(text ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  const kinds = [...house.services.notificationKinds.keys()];
  expect(kinds).toContain('comment.mention');
  for (const kind of kinds) {
    for (const key of [`notification.${kind}`, `notification.${kind}.label`])
      expect([key, words.zh[key], words.en[key]]).toEqual([key, expect.any(String), expect.any(String)]);
    expect([kind, places(words.en[`notification.${kind}`])]).toEqual([
      kind,
      places(words.zh[`notification.${kind}`]),
    ]);
  }
});

test('two kinds of one name are refused', () => {
  const kind = { name: 'twice', defaults: { inApp: true, mail: 'off' } } as const;
  expect(() => kindsOf([kind, kind])).toThrow();
});

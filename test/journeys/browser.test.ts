import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('the browser draws Chinese characters and reads them back', async () => {
  const page = await browser.newPage();
  await page.setContent('<main style="font: 40px sans-serif"><b>关</b><b>系</b><b>&#xE000;</b></main>');
  const texts = await page.locator('b').allTextContents();
  expect(texts.slice(0, 2)).toEqual(['关', '系']);
  const pictures = await Promise.all(
    [0, 1, 2].map(async (n) => (await page.locator('b').nth(n).screenshot()).toString('base64')),
  );
  // Without a Chinese font each character is the same empty box.
  expect(new Set(pictures).size).toBe(3);
});

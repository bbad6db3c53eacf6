import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What axe finds serious or critical on a page as it stands, once nothing loads or moves any more. */
export async function seriousIn(page: Page): Promise<string[]> {
  await expect.poll(() => page.locator('.skeleton, .grid-skeleton').count()).toBe(0);
  // Half-transparent things in motion have no contrast of their own.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((each) => each.finished.catch(() => undefined)),
    ),
  );
  // In one go on the page itself: without frames of other sites nothing is gathered in a tab of its own.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter((found) => found.impact === 'serious' || found.impact === 'critical')
    .map((found) => `${found.id}: ${found.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

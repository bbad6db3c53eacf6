import { launchBrowser } from '../test/journeys/browser.ts';
import { type ScrollFigures, scrollThrough } from '../test/journeys/scroll.ts';
import { BENCH_ADMIN } from './base.ts';

/** Loads rows into the list by scrolling in a real browser; null where none runs. */
export async function measureScrolling(baseUrl: string, rows: number): Promise<ScrollFigures | null> {
  const browser = await launchBrowser().catch(() => null);
  if (!browser) return null;
  try {
    const context = await browser.newContext({ baseURL: baseUrl, viewport: { width: 1440, height: 900 } });
    await context.request.post('/api/v1/session', {
      headers: { 'x-guanxi': '1', origin: baseUrl },
      data: { login: BENCH_ADMIN.email, password: BENCH_ADMIN.password },
    });
    const page = await context.newPage();
    await page.goto('/r/customers');
    return await scrollThrough(page, rows);
  } finally {
    await browser.close();
  }
}

/// <reference lib="dom" />
import type { Page } from 'playwright-core';

export interface ScrollFigures {
  /** Rows loaded in the end. */
  loaded: number;
  /** The most rows that stood in the page at one time. */
  mostRows: number;
  /** Milliseconds from frame to frame. */
  frames: number[];
  /** Milliseconds of tasks in which the page could not answer. */
  longTasks: number[];
}

/** Scrolls an open list to its end, screen by screen as a hand does, until so many rows are loaded. */
export async function scrollThrough(page: Page, rows: number): Promise<ScrollFigures> {
  await page.locator('.grid-body .grid-row').first().waitFor();
  return page.evaluate(async (wanted) => {
    const grid = document.querySelector<HTMLElement>('.grid') as HTMLElement;
    const body = grid.querySelector<HTMLElement>('.grid-body') as HTMLElement;
    const height = body.querySelector<HTMLElement>('.grid-row')?.offsetHeight ?? 1;
    // From the style: asking for the layout would cost what is measured here.
    const loaded = () => Math.round(Number.parseFloat(body.style.height) / height);
    const step = grid.clientHeight / 4;
    const frames: number[] = [];
    const longTasks: number[] = [];
    const watch = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longTasks.push(entry.duration);
    });
    watch.observe({ entryTypes: ['longtask' as never] });
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    let mostRows = 0;
    let last = await nextFrame();
    let still = 0;
    while (loaded() < wanted && still < 1200) {
      const before = grid.scrollTop;
      grid.scrollTop += step;
      still = grid.scrollTop === before ? still + 1 : 0;
      const now = await nextFrame();
      frames.push(now - last);
      last = now;
      mostRows = Math.max(mostRows, body.childElementCount);
    }
    watch.disconnect();
    return { loaded: loaded(), mostRows, frames, longTasks };
  }, rows);
}

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchBrowser, sharedBrowser } from './browser.ts';
import { startServer } from './server.ts';

export const ADMIN = {
  company: '杭州云杉科技',
  name: '林晓',
  email: 'lin@example.cn',
  password: 'Yunshan-2026!',
};

export interface Journey {
  url: string;
  /** Opens a page of its own for a person: signed in when an e-mail address is given. */
  visit(person?: { email: string; password: string }): Promise<Visit>;
  end(): Promise<void>;
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Calls the API as this person; throws when it refuses. */
  api<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
}

/**
 * A fresh server and a browser. With `setup` the company and its administrator stand already; without, the server starts
 * as it does for its first user, on a database it makes itself.
 */
export async function beginJourney(options: { setup: boolean; browser?: string[] }): Promise<Journey> {
  const [server, browser] = await Promise.all([
    startServer(options.setup ? 'copied' : 'embedded'),
    options.browser ? launchBrowser(options.browser) : sharedBrowser(),
  ]);
  const journey: Journey = {
    url: server.url,
    visit: (person) => visit(server.url, browser, person),
    async end() {
      if (options.browser) await browser.close();
      else await Promise.all(browser.contexts().map((context) => context.close()));
      await server.stop();
    },
  };
  if (options.setup) {
    const { api, context } = await visit(server.url, browser);
    await api('POST', '/setup', { ...ADMIN, language: 'zh' });
    await context.close();
  }
  return journey;
}

async function visit(
  url: string,
  browser: Browser,
  person?: { email: string; password: string },
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
    // What a person does follows what stands on the page, never what is still on its way out of it.
    reducedMotion: 'reduce',
  });
  const api: Visit['api'] = async (method, path, body) => {
    const answer = await context.request.fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'x-guanxi': '1', origin: url },
      ...(body === undefined ? {} : { data: body as object }),
    });
    const text = await answer.text();
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
    return (text ? JSON.parse(text) : undefined) as never;
  };
  if (person) await api('POST', '/session', { login: person.email, password: person.password });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  // A mistake in the page fails the journey it happened in.
  page.on('pageerror', (error) => expect.unreachable(`the page threw: ${error.message}`));
  return { page, context, api };
}

/** The button that carries out what a dialog is about. */
export const confirmDialog = (page: Page) =>
  page.locator('.ant-modal-footer .ant-btn-primary').last().click();

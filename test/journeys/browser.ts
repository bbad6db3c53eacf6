import { existsSync } from 'node:fs';
import packaged from '@sparticuz/chromium';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

let found: LaunchOptions | null | undefined;

/** A browser that runs here: the one inside the npm package, else the system's; null when there is none. */
export async function findBrowser(): Promise<LaunchOptions | null> {
  if (found !== undefined) return found;
  found = null;
  for (const options of await candidates()) {
    const works = await chromium.launch(options).then(
      (browser) => browser.close().then(() => true),
      () => false,
    );
    if (works) {
      found = options;
      break;
    }
  }
  return found;
}

async function candidates(): Promise<LaunchOptions[]> {
  const inside = await packaged.executablePath().then(
    (path) => [path],
    () => [],
  );
  // Not the package's own arguments: they switch off the web security that the journeys rely on.
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  return [...inside, ...SYSTEM.filter((path) => existsSync(path))].map((executablePath) => ({
    executablePath,
    args,
  }));
}

/** Starts the browser of the journeys, with further arguments when asked. */
export async function launchBrowser(args: string[] = []): Promise<Browser> {
  const options = await findBrowser();
  if (!options) throw new Error('no browser runs here: install chromium');
  return chromium.launch({ ...options, args: [...(options.args ?? []), ...args] });
}

let shared: Promise<Browser> | undefined;

/** The browser of all journeys of this process, one after the other; it ends with the process. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= launchBrowser();
  return shared;
}

import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Services } from '../context/services.ts';
import { importsFolder } from './import.ts';

/** Uploaded files and lists of failed rows are kept this long; what an import did, and taking it back, needs neither. */
const KEPT_DAYS = 30;
const DAY_MS = 24 * 3600 * 1000;

/** Removes the files of imports long past, and what checks that were cut short left behind. Part of the nightly cleaning. */
export async function cleanImports(
  services: Pick<Services, 'dataDir'>,
  now = Temporal.Now.instant(),
): Promise<void> {
  const root = importsFolder(services);
  for (const name of await readdir(root).catch(() => [] as string[])) {
    const folder = join(root, name);
    const found = await stat(folder).catch(() => null);
    const days = name.startsWith('check-') ? 1 : KEPT_DAYS;
    if (found && now.epochMilliseconds - found.mtimeMs > days * DAY_MS)
      await rm(folder, { recursive: true, force: true });
  }
}

import { join } from 'node:path';
import type { Services } from '../context/services.ts';
import { uuidv7 } from '../db/uuid.ts';

/** What an import did line by line, its files and the way back are kept this long. */
export const KEPT_DAYS = 30;

export const importsFolder = (services: Pick<Services, 'dataDir'>) => join(services.dataDir, 'imports');
/** What belongs to one import: the file sent, its rows as checked, the rows that failed. */
export const importFolder = (services: Pick<Services, 'dataDir'>, id: string) =>
  join(importsFolder(services), id);
/** The file as it was sent. */
export const sourcePath = (services: Pick<Services, 'dataDir'>, id: string) =>
  join(importFolder(services, id), 'source');
/** Where the checked rows of an import wait for being brought in. */
export const stagedPath = (services: Pick<Services, 'dataDir'>, id: string) =>
  join(importFolder(services, id), 'staged.ndjson');

/** A folder for a check that leaves nothing behind. */
export const passingFolder = (services: Pick<Services, 'dataDir'>) =>
  importFolder(services, `check-${uuidv7()}`);

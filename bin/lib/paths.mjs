import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder, found from this file, so that every command works from any folder. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

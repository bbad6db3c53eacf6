/** `npm run check`: types, format and lint, boundaries, unused code. Ends with 1 when any of them fails. */
import { continueWithRuntime } from './lib/runtime.mjs';

if (await continueWithRuntime(import.meta.url)) {
  const { runChecks } = await import('./lib/checks.mjs');
  const failed = await runChecks();
  if (failed.length > 0) process.exitCode = 1;
}

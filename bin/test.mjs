/**
 * `npm test`: static checks, all tests, the build, the browser journeys. The last line is `N passed, N failed`, where a
 * failed check counts as one; the exit code is 1 when anything failed.
 */
import { continueWithRuntime } from './lib/runtime.mjs';

if (await continueWithRuntime(import.meta.url)) {
  const { runChecks } = await import('./lib/checks.mjs');
  const { runVitest } = await import('./lib/vitest.mjs');
  const { prepareBrowser } = await import('./lib/browser.mjs');
  const { ensureWeb } = await import('./lib/web.mjs');
  const title = (zh, en) => console.log(`\n── ${zh} ${en}`);

  title('静态检查', 'static checks');
  let failed = (await runChecks()).length;

  title('测试', 'tests');
  const tests = await runVitest('vitest.config.ts');

  title('构建', 'build');
  const built = await ensureWeb().then(
    () => true,
    (error) => {
      console.log(error.message);
      return false;
    },
  );

  title('浏览器流程', 'browser journeys');
  if (built) await prepareBrowser();
  else failed += 1;
  const journeys = built ? await runVitest('vitest.journeys.config.ts') : { passed: 0, failed: 0 };

  failed += tests.failed + journeys.failed;
  console.log(`\n${tests.passed + journeys.passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

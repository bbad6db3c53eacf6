import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from './checks.mjs';

/**
 * Runs the tests of one configuration, shows them as they go, and counts.
 * A file that could not be run and a run that ended badly without a failed test count as one failure each.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runVitest(config) {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-results-'));
  const results = join(folder, 'results.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const { code } = await runNode(
    ['node_modules/vitest/vitest.mjs', 'run', '--passWithNoTests', '--config', config, ...reporters],
    { echo: true },
  );
  const counts = count(readResults(results));
  rmSync(folder, { recursive: true, force: true });
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function readResults(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function count(report) {
  if (!report) return { passed: 0, failed: 0 };
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length };
}

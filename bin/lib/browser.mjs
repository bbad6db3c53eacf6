import { spawnSync } from 'node:child_process';
import { ROOT } from './paths.mjs';

/**
 * Gets the journeys what they need from the system: Chinese fonts, and Debian's chromium where the browser inside
 * the npm package does not run. Root on a system with apt installs them; anybody else is told what is missing, and the
 * journeys go on with what is there.
 */
export async function prepareBrowser() {
  const missing = [];
  if (!hasChineseFont()) missing.push('fonts-noto-cjk');
  if (!(await hasBrowser())) missing.push('chromium');
  if (missing.length === 0) return;
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0 || !isThere('apt-get')) {
    console.log(`缺少 ${missing.join('、')}，截图或浏览器流程可能失败。 Missing: sudo ${install.join(' ')}`);
    return;
  }
  console.log(`安装 ${missing.join('、')} Installing…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', env });
  const { status, stderr } = spawnSync(install[0], install.slice(1), { encoding: 'utf8', env });
  if (status !== 0) console.log(`未能安装 Could not install: ${stderr.trim()}`);
}

function hasChineseFont() {
  const { stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return Boolean(stdout?.trim());
}

async function hasBrowser() {
  const { findBrowser } = await import(`${ROOT}/test/journeys/browser.ts`);
  return (await findBrowser()) !== null;
}

function isThere(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies, exclusively, npm, tell } from './install.mjs';
import { endWithLauncher } from './launcher.mjs';
import { ROOT } from './paths.mjs';

const NEEDED_MAJOR = 26;
const VERSION = '26.10.0';

/**
 * Makes sure that dependencies are installed and that Node is new enough. With an older Node the script runs again in a
 * private copy of Node 26, and this process only waits for it and passes signals and the exit code on.
 * @param scriptUrl `import.meta.url` of the program
 * @returns {Promise<boolean>} true when the caller goes on itself, false when it was done by the other process
 */
export async function continueWithRuntime(scriptUrl) {
  try {
    await ensureDependencies();
    if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
      endWithParent();
      return true;
    }
    await runIn(await privateNode(), [fileURLToPath(scriptUrl), ...process.argv.slice(2)]);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
  return false;
}

async function privateNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  // The package of Apple silicon is named differently from all others.
  const prefix = system === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const name = `${prefix}-${system}-${process.arch}`;
  const folder = join(ROOT, '.runtime', `node-${VERSION}-${system}-${process.arch}`);
  const program = join(folder, 'node_modules', name, 'bin', system === 'win' ? 'node.exe' : 'node');
  if (existsSync(program)) return program;
  await exclusively(async () => {
    if (existsSync(program)) return;
    tell(`正在获取 Node ${VERSION}…`, `Fetching Node ${VERSION}…`);
    const unfinished = `${folder}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(join(unfinished, 'package.json'), '{"private":true}');
    await npm(['install', '--ignore-scripts', `${name}@${VERSION}`], unfinished).catch((error) => {
      throw new Error(
        `需要 Node ${NEEDED_MAJOR}，未能自动获取；可自行安装 / Node ${NEEDED_MAJOR} is needed: https://nodejs.org\n${error.message}`,
      );
    });
    renameSync(unfinished, folder);
  });
  return program;
}

/** Runs Node as a child: signals go to it, its end becomes ours. */
function runIn(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    endWithLauncher((signal) => child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.exitCode = signal ? 128 + constants.signals[signal] : code;
      resolve();
    });
  });
}

/** When nobody is left who could ask us to end, we end as if asked to. */
function endWithParent() {
  const end = (signal) => process.kill(process.pid, signal);
  if (!process.channel) return endWithLauncher(end);
  process.on('disconnect', () => end('SIGTERM'));
  process.channel.unref();
}

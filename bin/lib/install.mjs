import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './paths.mjs';

const LOCK_FILE = join(ROOT, 'package-lock.json');
const INSTALLED = join(ROOT, 'node_modules/.package-lock.json');
const STAMP = join(ROOT, 'node_modules/.guanxi-installed');
const BUSY = join(ROOT, '.runtime/busy');

/**
 * Installs what package-lock.json asks for and node_modules lacks. No package's install script runs: nothing we use
 * needs one, and the database's links are restored by ourselves. The first time `npm ci`, exactly as locked; later only
 * what differs, because `npm ci` empties node_modules, perhaps beneath a server that runs.
 */
export async function ensureDependencies() {
  const state = lockState();
  if (readText(STAMP) === state) return;
  await exclusively(async () => {
    if (readText(STAMP) === state) return;
    if (!isComplete()) {
      tell('正在安装依赖，约一分钟…', 'Installing dependencies, about a minute…');
      const how = existsSync(INSTALLED) ? ['install', '--no-save'] : ['ci'];
      await npm([...how, '--include=dev', '--ignore-scripts'], ROOT);
    }
    linkCommand();
    writeFileSync(STAMP, state);
  });
}

/** Runs npm quietly in a folder; fails with what it printed. */
export function npm(args, cwd) {
  const script = process.env.npm_execpath;
  const viaNode = script && basename(script) === 'npm-cli.js' && existsSync(script);
  const [program, first] = viaNode ? [process.execPath, [script]] : ['npm', []];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...args, '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: !viaNode && process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve();
      reject(
        new Error(
          `npm ${args[0]} 失败，请检查网络与软件源 / failed, check network and registry:\n${output.trim()}`,
        ),
      );
    });
  });
}

/** Progress for people goes to standard error: standard output belongs to results. */
export function tell(zh, en) {
  console.error(`${zh}  ${en}`);
}

/** One process at a time installs into this checkout; a mark left by a killed one is removed. */
export async function exclusively(work) {
  mkdirSync(join(ROOT, '.runtime'), { recursive: true });
  for (;;) {
    try {
      writeFileSync(BUSY, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = Number(readText(BUSY));
      if (holder && !isAlive(holder)) rmSync(BUSY, { force: true });
      else await sleep(200);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(BUSY, { force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function lockState() {
  const { size, mtimeMs } = statSync(LOCK_FILE);
  return `${size} ${mtimeMs}`;
}

/** Whether everything the lock file requires on this platform is installed in that version. */
function isComplete() {
  if (!existsSync(INSTALLED)) return false;
  const wanted = JSON.parse(readText(LOCK_FILE)).packages;
  const found = JSON.parse(readText(INSTALLED)).packages;
  return Object.entries(wanted).every(([path, { version, optional, devOptional, link }]) => {
    if (!path.includes('node_modules/') || link) return true;
    if (!found[path]) return Boolean(optional || devOptional);
    return found[path].version === version && existsSync(join(ROOT, path));
  });
}

/** `npx guanxi` finds the command here at once, instead of installing the project into npm's cache first. */
function linkCommand() {
  if (process.platform === 'win32') {
    writeFileSync(join(ROOT, 'node_modules/.bin/guanxi.cmd'), '@node "%~dp0..\\..\\bin\\guanxi.mjs" %*\r\n');
    return;
  }
  const link = join(ROOT, 'node_modules/.bin/guanxi');
  rmSync(link, { force: true });
  symlinkSync('../../bin/guanxi.mjs', link);
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** A project of three files around a copy of bin, with stand-ins for npm and Vite that write down what they were asked. */
let root: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'guanxi-bootstrap-'));
  cpSync(import.meta.dirname, join(root, 'bin'), {
    recursive: true,
    filter: (path) => !path.endsWith('.test.ts'),
  });
  put('package.json', '{"type":"module"}');
  put('package-lock.json', lockFile('1.0.0'));
  put('src/web/page.tsx', 'page');
  put(
    'src/main.ts',
    `const [, , command, ...rest] = process.argv;
     if (command === 'wait') {
       for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {
         console.log('stopping', signal);
         setTimeout(() => process.exit(0), 50);
       });
       setInterval(() => {}, 1000);
     }
     if (command === 'fail') process.exitCode = 7;
     console.log(command, rest.join('|'), process.versions.node);`,
  );
  put(
    'tools/npm-cli.js',
    `import { appendFileSync, mkdirSync, copyFileSync, symlinkSync } from 'node:fs';
     appendFileSync(${JSON.stringify(join(root, 'npm.log'))}, process.argv.slice(2).join(' ') + '\\n');
     const named = process.argv.find((arg) => arg.startsWith('node-'));
     if (named) {
       const folder = 'node_modules/' + named.split('@')[0] + '/bin';
       mkdirSync(folder, { recursive: true });
       symlinkSync(${JSON.stringify(process.execPath)}, folder + '/node');
     } else {
       for (const name of ['.bin', 'thing', 'vite/bin']) mkdirSync('node_modules/' + name, { recursive: true });
       copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
       copyFileSync('tools/vite.js', 'node_modules/vite/bin/vite.js');
     }`,
  );
  put(
    'tools/vite.js',
    `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
     appendFileSync('vite.log', 'built\\n');
     const folder = process.argv.find((arg) => arg.startsWith('--outDir=')).slice(9);
     mkdirSync(folder, { recursive: true });
     writeFileSync(folder + '/index.html', 'built');`,
  );
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const lockFile = (version: string) =>
  JSON.stringify({
    packages: {
      '': { name: 'guanxi' },
      'node_modules/thing': { version },
      'node_modules/elsewhere': { version: '1.0.0', optional: true },
    },
  });

const logged = (file: string) =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8').trim().split('\n') : [];

/** Makes Node say that it is version 20, as on the machine of a newcomer. */
const OLD_NODE = [
  '--import',
  'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.0.0"})',
];

function start(args: string[], options: { old?: boolean } = {}): ChildProcess {
  const env = { ...process.env, npm_execpath: resolve(root, 'tools/npm-cli.js'), npm_lifecycle_event: '' };
  const child = spawn(
    process.execPath,
    [...(options.old ? OLD_NODE : []), join(root, 'bin/guanxi.mjs'), ...args],
    {
      cwd: tmpdir(),
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  children.push(child);
  return child;
}

async function run(args: string[], options?: { old?: boolean }) {
  const child = start(args, options);
  let output = '';
  let errors = '';
  child.stdout!.on('data', (text) => (output += text));
  child.stderr!.on('data', (text) => (errors += text));
  const [code] = await once(child, 'close');
  return { code, output, errors };
}

describe('dependencies', () => {
  test('are installed before the first command, without install scripts, and not again', async () => {
    const first = await run(['hello', 'a b', '--c']);
    expect(first).toMatchObject({ code: 0, output: `hello a b|--c ${process.versions.node}\n` });
    expect(first.errors).toContain('正在安装依赖');
    expect(logged('npm.log')).toEqual([expect.stringMatching(/^ci .*--ignore-scripts/)]);
    expect((await run(['hello'])).errors).toBe('');
    expect(logged('npm.log')).toHaveLength(1);
  });

  test('are installed again when the lock file asks for another version', async () => {
    await run(['hello']);
    put('package-lock.json', lockFile('1.0.10'));
    await run(['hello']);
    expect(logged('npm.log')).toEqual([
      expect.stringMatching(/^ci /),
      expect.stringMatching(/^install --no-save /),
    ]);
  });

  test('installed by hand are accepted, packages of other platforms are not missed', async () => {
    put('node_modules/.package-lock.json', lockFile('1.0.0').replace('elsewhere', 'another'));
    mkdirSync(join(root, 'node_modules/thing'));
    mkdirSync(join(root, 'node_modules/.bin'));
    expect((await run(['hello'])).code).toBe(0);
    expect(logged('npm.log')).toEqual([]);
  });

  test('a mark of an installation that was killed is no obstacle', async () => {
    put('.runtime/busy', '999999999');
    expect((await run(['hello'])).code).toBe(0);
  });

  test('a failed installation says so and ends with 1', async () => {
    put('tools/npm-cli.js', 'console.error("no network"); process.exit(1);');
    const { code, errors } = await run(['hello']);
    expect(code).toBe(1);
    expect(errors).toContain('no network');
    expect(errors).not.toContain('at ');
  });
});

describe('the web application', () => {
  test('is built by start alone, and again only when a source changed', async () => {
    await run(['hello']);
    expect(logged('vite.log')).toEqual([]);
    await run(['start']);
    await run(['start']);
    expect(logged('vite.log')).toHaveLength(1);
    put('src/web/page.tsx', 'another page');
    await run(['start']);
    expect(logged('vite.log')).toHaveLength(2);
    put('src/platform/server.ts', 'not for the browser');
    await run(['start']);
    expect(logged('vite.log')).toHaveLength(2);
    expect(readFileSync(join(root, 'dist/web/index.html'), 'utf8')).toBe('built');
  });

  test('that does not build leaves the last one in place', async () => {
    await run(['start']);
    put('src/web/page.tsx', 'broken page');
    put('node_modules/vite/bin/vite.js', 'console.error("unexpected token"); process.exit(1);');
    const { code, errors } = await run(['start']);
    expect(code).toBe(1);
    expect(errors).toContain('unexpected token');
    expect(readFileSync(join(root, 'dist/web/index.html'), 'utf8')).toBe('built');
  });
});

describe('on an older Node', () => {
  test('a private copy is fetched once and runs the command', async () => {
    const first = await run(['hello', 'you'], { old: true });
    expect(first).toMatchObject({ code: 0, output: `hello you ${process.versions.node}\n` });
    await run(['hello'], { old: true });
    expect(logged('npm.log').filter((line) => line.includes('node-'))).toEqual([
      expect.stringMatching(/@26\.\d+\.\d+/),
    ]);
  });

  test('the exit code comes through', async () => {
    expect((await run(['fail'], { old: true })).code).toBe(7);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s reaches the program, whose graceful end is awaited',
    async (signal) => {
      const child = start(['wait'], { old: true });
      let output = '';
      child.stdout!.on('data', (text) => (output += text));
      await expect.poll(() => output, { timeout: 20_000 }).toContain('wait');
      child.kill(signal);
      const [code] = await once(child, 'close');
      expect(code).toBe(0);
      expect(output).toContain(`stopping ${signal}`);
    },
  );

  test('the program ends gracefully when its starter is killed', async () => {
    const child = start(['wait'], { old: true });
    let output = '';
    child.stdout!.on('data', (text) => (output += text));
    await expect.poll(() => output, { timeout: 20_000 }).toContain('wait');
    child.kill('SIGKILL');
    // The pipe closes once the program behind it is gone too.
    await once(child, 'close');
    expect(output).toContain('stopping SIGTERM');
  });
});

test('the command is linked where npx looks first', async () => {
  await run(['hello']);
  expect(existsSync(join(root, 'node_modules/.bin/guanxi'))).toBe(true);
  const child = spawn(process.execPath, [join(root, 'node_modules/.bin/guanxi'), 'linked'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [text] = await once(child.stdout, 'data');
  expect(String(text)).toContain('linked');
});

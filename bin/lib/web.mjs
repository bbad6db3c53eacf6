import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runNode } from './checks.mjs';
import { tell } from './install.mjs';
import { ROOT } from './paths.mjs';

const OUTPUT = join(ROOT, 'dist/web');
const STAMP = join(OUTPUT, '.sources');
const BROWSER_FILE = /(^web\/|\/ui\/|\/shared\/|\.shared\.ts$|\.json$)/;

/** Builds the browser application when a file that goes into it changed since the last build. */
export async function ensureWeb() {
  const state = sourceState();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === state) return;
  tell('正在构建界面…', 'Building the web application…');
  const unfinished = `${OUTPUT}.new`;
  const { code, output } = await runNode([
    'node_modules/vite/bin/vite.js',
    'build',
    '--logLevel=warn',
    `--outDir=${unfinished}`,
    '--emptyOutDir',
  ]);
  if (code !== 0) {
    const error = new Error(`界面构建失败 / the web application did not build:\n${output.trim()}`);
    throw Object.assign(error, { name: 'StartupError' });
  }
  writeFileSync(join(unfinished, '.sources'), state);
  rmSync(OUTPUT, { recursive: true, force: true });
  renameSync(unfinished, OUTPUT);
}

/** Changes whenever a source file is added, removed, resized or written; a few milliseconds for thousands of files. */
function sourceState() {
  const src = join(ROOT, 'src');
  const files = readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(src, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
    .filter((path) => BROWSER_FILE.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => join('src', path));
  const others = ['vite.config.ts', 'index.html', 'package-lock.json'].filter((path) =>
    existsSync(join(ROOT, path)),
  );
  return [...files, ...others]
    .sort()
    .map((path) => {
      const { size, mtimeMs } = statSync(join(ROOT, path));
      return `${path} ${size} ${mtimeMs}`;
    })
    .join('\n');
}

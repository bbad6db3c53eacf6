import { spawn } from 'node:child_process';
import { ROOT } from './paths.mjs';

/** The static checks: what each is called and the arguments Node runs it with. */
export const CHECKS = [
  { name: 'types 类型', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'] },
  {
    name: 'types (server) 服务端类型',
    args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.server.json'],
  },
  {
    name: 'format and lint 格式与规范',
    args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  },
  { name: 'boundaries 模块边界', args: ['bin/boundaries.mjs'] },
  { name: 'unused code 无用代码', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
];

/**
 * Runs one Node program of the project and waits for it.
 * @returns {Promise<{ code: number, output: string }>} its exit code (1 when a signal ended it) and all it printed
 */
export function runNode(args, { env = {}, echo = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      from.setEncoding('utf8').on('data', (text) => {
        output += text;
        if (echo) to.write(text);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs every static check, two at a time, and reports each; returns the names of those that failed. */
export async function runChecks() {
  const failed = [];
  const waiting = [...CHECKS];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { code, output } = await runNode(check.args);
      console.log(`${code === 0 ? '✓' : '✗'} ${check.name}`);
      if (code !== 0) {
        console.log(output.trimEnd());
        failed.push(check.name);
      }
    }
  };
  await Promise.all([worker(), worker()]);
  return failed;
}

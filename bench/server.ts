import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Settings } from '../src/cli/open.ts';

export interface RunningServer {
  /** Milliseconds from starting the process to the first answer of /healthz. */
  startedIn: number;
  /** Resident memory of the process in MiB. */
  memory(): number;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 60_000;

/** Starts the real server as its own process. */
export async function startServer(settings: Settings): Promise<RunningServer> {
  const began = performance.now();
  const child = spawn(process.execPath, ['src/main.ts', 'start'], {
    env: {
      ...process.env,
      PORT: String(settings.port),
      GUANXI_DATA_DIR: settings.dataDir,
      GUANXI_BASE_URL: settings.baseUrl,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  while (!(await answers(settings.port))) {
    if (child.exitCode !== null || performance.now() - began > START_LIMIT_MS)
      throw new Error('the server did not start');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    startedIn: performance.now() - began,
    memory: () => residentMemory(child),
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

export function residentMemory({ pid }: Pick<ChildProcess, 'pid'>): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) / 1024;
}

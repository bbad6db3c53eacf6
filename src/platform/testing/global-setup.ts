import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { dropAbandoned, openTestCluster, prepareTemplate } from './cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: { url: string; adminUrl: string; template: string };
  }
}

/** Before all tests: PostgreSQL runs and the migrated template stands. Afterwards our lease is given back. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Servers and commands that tests start as processes of their own load in half the time.
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), `guanxi-compiled-${userInfo().uid}`);
  const server = await openTestCluster();
  await dropAbandoned(server);
  const template = await prepareTemplate(server);
  project.provide('testServer', { url: server.url, adminUrl: server.adminUrl, template });
  return server.release;
}

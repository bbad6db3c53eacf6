import type { TestProject } from 'vitest/node';
import { dropAbandoned, openTestCluster, prepareTemplate } from './cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: { url: string; adminUrl: string; template: string };
  }
}

/** Before all tests: PostgreSQL runs and the migrated template stands. Afterwards our lease is given back. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openTestCluster();
  await dropAbandoned(server);
  const template = await prepareTemplate(server);
  project.provide('testServer', { url: server.url, adminUrl: server.adminUrl, template });
  return server.release;
}

import { resolve } from 'node:path';
import { claimApplication } from '../platform/db/application-lock.ts';
import { explainListenError } from '../platform/errors/startup.ts';
import { serveWeb } from '../platform/http/web.ts';
import { openApp, readSettings } from './open.ts';

const STOP_LIMIT_MS = 20_000;

/** Starts the server and runs until it is told to stop; then answers what is under way and closes in order. */
export async function start(): Promise<void> {
  const settings = readSettings();
  const lock = await claimApplication(settings.dataDir, settings.baseUrl);
  const { app, close } = await openApp(settings);
  const server = await app.server();
  let starting: Promise<void> | undefined;
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    // A statement of minutes is not waited for: a process that is killed loses nothing either.
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    // What has begun to start is let finish: half-started work cannot be stopped in order.
    await starting?.catch(() => {});
    await app.stopBackground();
    await server.close();
    await close();
    lock.release();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  await serveWeb(server, resolve(import.meta.dirname, '../../dist/web'));
  try {
    await server.listen({ port: settings.port, host: '0.0.0.0' });
  } catch (error) {
    await close();
    throw explainListenError(error, settings.port);
  }
  console.info(`关系已启动 · Guanxi is ready: ${settings.baseUrl}`);
  starting = app.startBackground();
  await starting;
}

import type { Services } from '../context/services.ts';
import { openSession } from '../db/session.ts';

/** The channel that says "fields, record types or settings have changed". It carries nothing: who listens reads them again. */
export const META_CHANNEL = 'guanxi_meta';

/** Also without a notification the version is looked at this often. */
const POLL_MS = 5000;

/** Keeps this process's record types and settings as the database has them, without a restart. */
export async function watchRegistry(services: Services): Promise<{ stop(): Promise<void> }> {
  const reload = () => {
    services.forgetSettings();
    services.reloadRegistry().catch((error: unknown) => {
      services.log.error({ err: error }, 'reading the record types failed');
    });
  };
  const session = await openSession({
    url: services.directUrl,
    applicationName: 'guanxi meta',
    onConnect: async (client) => {
      await client.query(`listen ${META_CHANNEL}`);
      setImmediate(reload);
    },
    onNotification: reload,
  });
  const poll = setInterval(reload, POLL_MS);
  poll.unref();
  return {
    async stop() {
      clearInterval(poll);
      await session.close();
    },
  };
}

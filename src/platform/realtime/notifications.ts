import { NOTIFICATION_EVENT } from '../notifications/notify.ts';
import type { LiveClient } from './client.ts';
import type { LiveEvent } from './tail.ts';

/** Tells a page that its reader's notifications have changed; it asks for them itself, with its reader's rights. */
export function tellNotifications(client: LiveClient, events: readonly LiveEvent[], position: string): void {
  const mine = events.filter(
    ({ name, payload }) =>
      name === NOTIFICATION_EVENT && client.userId && (payload.users as string[]).includes(client.userId),
  );
  if (mine.length)
    client.send('notification', { fresh: mine.some(({ payload }) => payload.fresh) }, position);
}

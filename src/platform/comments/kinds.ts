import type { NotificationKind } from '../notifications/kind.ts';

/** What comments and following tell people. */
export const commentKinds: readonly NotificationKind[] = [
  { name: 'comment.mention', defaults: { inApp: true, mail: 'off' }, importance: 'high' },
  { name: 'comment.new', defaults: { inApp: true, mail: 'off' } },
  { name: 'follow.changed', defaults: { inApp: true, mail: 'off' }, importance: 'low' },
];

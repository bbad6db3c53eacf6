import type { NotificationKind } from '../../platform/notifications/kind.ts';

/** What people are told of promises, visits and tasks. */
export const workNotifications: readonly NotificationKind[] = [
  { name: 'promise.remind', defaults: { inApp: true, mail: 'off' }, digestable: false },
  { name: 'promise.overdue', defaults: { inApp: true, mail: 'now' }, importance: 'high' },
  { name: 'promise.escalate', defaults: { inApp: true, mail: 'now' }, importance: 'high' },
  { name: 'task.remind', defaults: { inApp: true, mail: 'off' }, digestable: false },
  { name: 'task.escalate', defaults: { inApp: true, mail: 'daily' } },
];

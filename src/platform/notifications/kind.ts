/** How a kind goes by mail: at once, gathered by day or week, or not at all. */
export const MAIL_MODES = ['off', 'now', 'daily', 'weekly'] as const;
export type MailMode = (typeof MAIL_MODES)[number];

export interface Channels {
  inApp: boolean;
  mail: MailMode;
}

/**
 * A kind of notification, declared by the module that sends it. Its text is the translation `notification.<name>` — with
 * `{actor}`, `{record}` and the notification's own params — and its name in lists `notification.<name>.label`.
 */
export interface NotificationKind {
  /** For example `comment.mention`. */
  name: string;
  /** What applies until company or person say otherwise. */
  defaults: Channels;
  /** `high` is sent in quiet hours too. Default `normal`. */
  importance?: 'high' | 'normal' | 'low';
  /** The page a click opens where there is no record to open; `{params}` of the notification stand in it. */
  path?: string;
  /** The deed, as the audit calls it, of which it tells whoever a record now belongs to; following need not tell him again. */
  tells?: string;
  /** Whether it may wait for a digest; default true. */
  digestable?: boolean;
}

export type NotificationKinds = ReadonlyMap<string, NotificationKind>;

/** All declared kinds by name; two of one name are a mistake of ours. */
export function kindsOf(declared: readonly NotificationKind[]): NotificationKinds {
  const kinds = new Map(declared.map((kind) => [kind.name, kind]));
  if (kinds.size < declared.length) throw new Error('a kind of notification is declared twice');
  return kinds;
}

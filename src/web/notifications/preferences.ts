import { get } from '../api/client.ts';

export type MailMode = 'off' | 'now' | 'daily' | 'weekly';

export interface Preferences {
  kinds: { name: string; label: string; inApp: boolean; mail: MailMode; digestable: boolean }[];
  digest: { hour: number; weekday: number };
  quiet: { from: number; to: number } | null;
  /** Whether mail goes out at all. */
  mail: boolean;
}

export const PATHS = { own: '/notifications/preferences', company: '/notifications/defaults' } as const;
export type Whose = keyof typeof PATHS;

export const preferencesOf = (whose: Whose) => ({
  queryKey: ['notification preferences', whose],
  queryFn: () => get<Preferences>(PATHS[whose]),
});

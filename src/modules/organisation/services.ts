import type { Cause, Principal } from '../../platform/context/context.ts';
import type { Services } from '../../platform/context/services.ts';
import type { Language } from '../../platform/i18n/translations.ts';
import { type LazyAuth, lazily } from './account/library.ts';

export interface MailMessage {
  to: string;
  subject: string;
  text: string;
}

/** Sends a message, or fails. */
export type SendMail = (message: MailMessage) => Promise<void>;

/** What signing in needs of the running process. */
export interface AccountServices extends Services {
  auth: LazyAuth;
  /** Left out while no mail server is configured. */
  sendMail?: SendMail | undefined;
}

/** Sees through to the given services, so that what the application puts in place later is seen here too. */
export function accountServices(services: Services, sendMail?: SendMail): AccountServices {
  const auth = lazily(async () => (await import('./account/auth.ts')).createAuth(services));
  return Object.assign(Object.create(services) as Services, { auth, sendMail });
}

/** A person acting for himself where no session tells it yet: signing in, accepting an invitation. */
export function actingPerson(
  userId: string | null,
  cause: Cause = { kind: 'person' },
  language: Language = 'zh',
): Principal {
  return {
    kind: 'user',
    userId,
    departmentId: null,
    roleIds: [],
    language,
    timeZone: 'Asia/Shanghai',
    policyVersion: '',
    hasShares: false,
    cause,
  };
}

import type { Cause, Context, Principal } from '../../platform/context/context.ts';
import type { Services } from '../../platform/context/services.ts';
import type { Language } from '../../platform/i18n/translations.ts';
import { type LazyAuth, lazily } from './account/library.ts';

export interface MailMessage {
  to: string;
  userId: string;
  purpose: string;
  subject: string;
  text: string;
}

/** Puts a message on its way, in the caller's transaction; gives whether mail is set up at all. */
export type SendMail = (ctx: Context, message: MailMessage) => Promise<boolean>;

/** What signing in needs of the running process. */
export interface AccountServices extends Services {
  auth: LazyAuth;
  sendMail: SendMail;
}

/** Sees through to the given services, so that what the application puts in place later is seen here too. */
export function accountServices(services: Services, sendMail: SendMail): AccountServices {
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

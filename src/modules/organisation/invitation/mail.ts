import type { Context } from '../../../platform/context/context.ts';
import { chooseLanguage, translate } from '../../../platform/i18n/translations.ts';
import type { AccountServices } from '../services.ts';
import { readSettings } from '../settings/settings.ts';
import type { LockedUser } from '../user/status.ts';

/**
 * Sends the link to a person, where a mail server is named: the mail goes out if and only if the link comes to exist. Who has
 * an account already is told that he can choose a new password. Returns whether it is sent: the administrator sees the
 * link in any case and can hand it over himself.
 */
export async function mailInvitation(
  ctx: Context,
  services: AccountServices,
  user: LockedUser,
  link: string,
  hours: number,
): Promise<boolean> {
  if (!user.email) return false;
  const { companyName, language } = await readSettings(ctx.db);
  const params = { name: user.name, company: companyName, link, hours };
  const purpose = user.status === 'active' && !user.sample ? 'reset' : 'invitation';
  const say = (part: string) =>
    translate(ctx.registry.words, chooseLanguage(language), `organisation.${purpose}.${part}`, params);
  const message = { subject: say('subject'), text: say('text') };
  return services.sendMail(ctx, { to: user.email, userId: user.id, purpose, ...message });
}

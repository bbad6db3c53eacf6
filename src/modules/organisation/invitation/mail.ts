import type { Language, Translations } from '../../../platform/i18n/translations.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import type { AccountServices } from '../services.ts';
import { readSettings } from '../settings/settings.ts';

/**
 * Sends the link to a person, where a mail server is configured. Returns whether it was sent: the administrator sees the
 * link in any case and can hand it over himself.
 */
export async function mailInvitation(
  services: AccountServices,
  words: Translations,
  language: Language,
  to: { name: string; email: string | null },
  link: string,
): Promise<boolean> {
  if (!services.sendMail || !to.email) return false;
  const { companyName } = await readSettings(services.db);
  const params = { name: to.name, company: companyName, link };
  try {
    await services.sendMail({
      to: to.email,
      subject: translate(words, language, 'organisation.invitation.subject', params),
      text: translate(words, language, 'organisation.invitation.text', params),
    });
    return true;
  } catch {
    return false;
  }
}

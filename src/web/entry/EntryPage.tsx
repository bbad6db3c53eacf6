import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../api/types.ts';
import { changeLanguage, LANGUAGES } from '../i18n/index.ts';
import '../styles/entry.css';
import { InvitationForm } from './InvitationForm.tsx';
import { SetupForm } from './SetupForm.tsx';
import { SignInForm } from './SignInForm.tsx';
import { TwoFactorForm } from './TwoFactorForm.tsx';

/** Everything before the application: first set-up, sign-in, second factor, invitation. */
export function EntryPage({ session, invitation }: { session: Session; invitation: string | undefined }) {
  const { t, i18n } = useTranslation();
  const [second, setSecond] = useState(!!session.twoFactorPending);
  return (
    <div className="entry">
      <aside className="entry-side">
        <div className="entry-name">
          {t('app.name')} <small>{t('app.latin')}</small>
        </div>
        <p className="entry-motto">{t('entry.motto')}</p>
        <ul className="entry-points">
          <li>{t('entry.point1')}</li>
          <li>{t('entry.point2')}</li>
          <li>{t('entry.point3')}</li>
        </ul>
      </aside>
      <main className="entry-main">
        <div className="entry-languages">
          {LANGUAGES.map((language) => (
            <button
              key={language}
              type="button"
              className="link"
              aria-pressed={i18n.language === language}
              onClick={() => void changeLanguage(language)}
            >
              {t(`language.${language}`)}
            </button>
          ))}
        </div>
        <div className="entry-card">
          {invitation ? (
            <InvitationForm token={invitation} />
          ) : session.state === 'setup' ? (
            <SetupForm />
          ) : second ? (
            <TwoFactorForm back={() => setSecond(false)} />
          ) : (
            <SignInForm
              company={session.companyName}
              resetByMail={session.resetByMail ?? false}
              twoFactor={() => setSecond(true)}
            />
          )}
        </div>
      </main>
    </div>
  );
}

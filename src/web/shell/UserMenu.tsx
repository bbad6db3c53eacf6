import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { messageOf, patch, remove } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { queryClient } from '../api/query.ts';
import { dropAllDrafts } from '../form/draft.ts';
import { changeLanguage, LANGUAGES, type Language } from '../i18n/index.ts';
import { DENSITIES, forgetLook, THEMES } from '../theme.ts';
import { openHelp } from './help.ts';
import { useLookChoice } from './look.ts';
import { MenuItems, Pop } from './Pop.tsx';
import { toast } from './toasts.tsx';

/** Changes the language here at once, and on the server for messages and labels. */
export async function chooseLanguage(language: Language): Promise<void> {
  await changeLanguage(language);
  await patch('/me', { language }).catch((error) => toast(messageOf(error), { kind: 'bad' }));
  await queryClient.invalidateQueries();
}

export async function signOut(): Promise<void> {
  await remove('/session');
  dropAllDrafts();
  forgetLook();
  queryClient.clear();
  window.location.assign('/');
}

export function UserMenu() {
  const { t, i18n } = useTranslation();
  const { me, company } = useMeta();
  const look = useLookChoice();
  const navigate = useNavigate();
  return (
    <Pop
      role="menu"
      align="end"
      label={t('me.menu')}
      trigger={(props) => (
        <button type="button" className="avatar" {...props} aria-label={t('me.menuOf', { name: me.name })}>
          {initial(me.name)}
        </button>
      )}
    >
      {(close) => (
        <>
          <div className="menu-head">
            <b>{me.name}</b>
            <small>{[me.department?.title, company.name].filter(Boolean).join(' · ')}</small>
          </div>
          <MenuItems
            close={close}
            items={[
              { key: 'me', label: t('me.title'), run: () => void navigate({ to: '/me' }) },
              { key: 'help', label: t('help.title'), run: openHelp },
              null,
              ...LANGUAGES.map((language) => ({
                key: language,
                label: t(`language.${language}`),
                checked: i18n.language === language,
                run: () => void chooseLanguage(language),
              })),
              null,
              ...THEMES.map((choice) => ({
                key: choice,
                label: t(`theme.${choice}`),
                checked: look.theme === choice,
                run: () => look.chooseTheme(choice),
              })),
              null,
              ...DENSITIES.map((choice) => ({
                key: choice,
                label: t(`density.${choice}`),
                checked: look.density === choice,
                run: () => look.chooseDensity(choice),
              })),
              null,
              { key: 'out', label: t('signOut'), run: () => void signOut() },
            ]}
          />
        </>
      )}
    </Pop>
  );
}

/** The letter that stands for a person: a Chinese surname, or the first Latin letter. */
export const initial = (name: string): string => [...name.trim()][0]?.toUpperCase() ?? '';

import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'zh' | 'en';
export const LANGUAGES: readonly Language[] = ['zh', 'en'];

const STORE = 'guanxi.language';

const texts = {
  zh: () => import('./texts-zh.ts'),
  en: () => import('./texts-en.ts'),
};

/** Names of the languages, each in its own words, stand in its own file. */
export function startLanguage(): Language {
  const stored = localStorage.getItem(STORE);
  if (stored === 'zh' || stored === 'en') return stored;
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh';
}

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'web')) return;
  const { default: words } = await texts[language]();
  i18next.addResourceBundle(language, 'web', words);
}

/** Starts i18next with the texts of one language only; the other is fetched when chosen. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    ns: ['web'],
    defaultNS: 'web',
    keySeparator: false,
    nsSeparator: false,
    fallbackLng: false,
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
    resources: {},
    react: { useSuspense: false },
  });
  await changeLanguage(language);
}

export async function changeLanguage(language: Language): Promise<void> {
  await load(language);
  localStorage.setItem(STORE, language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  await i18next.changeLanguage(language);
  document.title = i18next.t('app.title');
}

/** A text outside of a component. */
export const say = (key: string, params?: Record<string, unknown>): string => i18next.t(key, params ?? {});

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'zh');

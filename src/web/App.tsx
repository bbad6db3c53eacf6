import { QueryClientProvider } from '@tanstack/react-query';
import { theme as antd, ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale/index.js';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from './api/query.ts';
import { Gate } from './entry/Gate.tsx';
import { AskDialog } from './shell/ask.tsx';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { ThemeContext } from './shell/themeContext.ts';
import { Toasts } from './shell/toasts.tsx';
import { antTheme, applyTheme, isDark, storedTheme, type ThemeChoice, watchNight } from './theme.ts';

const locales: Record<string, () => Promise<{ default: Locale | { default: Locale } }>> = {
  zh: () => import('./i18n/antd-zh.ts'),
  en: () => import('./i18n/antd-en.ts'),
};

function useAntLocale(): Locale | undefined {
  const { i18n } = useTranslation();
  const [locale, setLocale] = useState<Locale>();
  useEffect(() => {
    let current = true;
    void locales[i18n.language]?.().then((module) => {
      const found = module.default;
      if (current) setLocale('default' in found ? found.default : found);
    });
    return () => {
      current = false;
    };
  }, [i18n.language]);
  return locale;
}

export function App() {
  const locale = useAntLocale();
  const [choice, setChoice] = useState<ThemeChoice>(storedTheme);
  const [, redraw] = useState(0);
  useEffect(
    () =>
      watchNight(() => {
        applyTheme(storedTheme());
        redraw((count) => count + 1);
      }),
    [],
  );
  const theme = useMemo(
    () => ({
      choice,
      choose: (next: ThemeChoice) => {
        applyTheme(next);
        setChoice(next);
      },
    }),
    [choice],
  );
  const darkMode = isDark(choice);
  const antdTheme = useMemo(
    () => antTheme(darkMode, darkMode ? antd.darkAlgorithm : antd.defaultAlgorithm),
    [darkMode],
  );
  return (
    <QueryClientProvider client={queryClient}>
      <ThemeContext value={theme}>
        <ConfigProvider
          theme={antdTheme}
          {...(locale ? { locale } : {})}
          wave={{ disabled: true }}
          button={{ autoInsertSpace: false }}
        >
          <ErrorBoundary>
            <Gate />
          </ErrorBoundary>
          <AskDialog />
          <Toasts />
        </ConfigProvider>
      </ThemeContext>
    </QueryClientProvider>
  );
}

import { QueryClientProvider } from '@tanstack/react-query';
import { theme as antd, ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale/index.js';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from './api/query.ts';
import { Gate } from './entry/Gate.tsx';
import { renderEmpty } from './fields/PickerNote.tsx';
import { AskDialog } from './shell/ask.tsx';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { LookContext } from './shell/look.ts';
import { Toasts } from './shell/toasts.tsx';
import {
  antTheme,
  applyLook,
  isDark,
  keepLook,
  type Look,
  storedLook,
  USUAL_LOOK,
  watchNight,
} from './theme.ts';

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
  const [look, setLook] = useState<Look>(() => storedLook() ?? USUAL_LOOK);
  const [, redraw] = useState(0);
  useEffect(
    () =>
      watchNight(() => {
        applyLook(look);
        redraw((count) => count + 1);
      }),
    [look],
  );
  const lookValue = useMemo(
    () => ({
      look,
      apply: (next: Look) => {
        applyLook(next);
        keepLook(next);
        setLook(next);
      },
    }),
    [look],
  );
  const { density } = look;
  const darkMode = isDark(look.theme);
  const antdTheme = useMemo(
    () => antTheme(darkMode, density, darkMode ? antd.darkAlgorithm : antd.defaultAlgorithm),
    [darkMode, density],
  );
  return (
    <QueryClientProvider client={queryClient}>
      <LookContext value={lookValue}>
        <ConfigProvider
          theme={antdTheme}
          {...(locale ? { locale } : {})}
          wave={{ disabled: true }}
          button={{ autoInsertSpace: false }}
          renderEmpty={renderEmpty}
        >
          <ErrorBoundary>
            <Gate />
          </ErrorBoundary>
          <AskDialog />
          <Toasts />
        </ConfigProvider>
      </LookContext>
    </QueryClientProvider>
  );
}

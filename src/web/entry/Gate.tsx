import { useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useContext, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { get, onSignedOut } from '../api/client.ts';
import { MetaProvider, useMeta } from '../api/meta.tsx';
import { preferencesQuery } from '../api/preferences.ts';
import { queryClient } from '../api/query.ts';
import type { Session } from '../api/types.ts';
import { setZone } from '../fields/format.ts';
import { changeLanguage } from '../i18n/index.ts';
import { router } from '../router.tsx';
import { LookContext, lookOf } from '../shell/look.ts';
import { FailedPage } from '../shell/StatusPage.tsx';
import { publicPages } from '../slots.ts';
import { storedLook } from '../theme.ts';
import { refreshSession, SESSION } from './session.ts';

const MailOffPage = lazy(() => import('./MailOffPage.tsx').then((m) => ({ default: m.MailOffPage })));
const EntryPage = lazy(() => import('./EntryPage.tsx').then((m) => ({ default: m.EntryPage })));

/** Who may come in: set-up, sign-in, invitation, or the application itself. */
export function Gate() {
  const { data, error, refetch } = useQuery({
    queryKey: SESSION,
    queryFn: () => get<Session>('/session'),
    staleTime: Infinity,
  });
  useEffect(() => {
    onSignedOut(() => {
      // Who signs in next must not see what this person was shown.
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
      void refreshSession();
    });
  }, []);
  // Asked for beside the meta, so that a device that is new to this person opens in his look without a flash.
  const preferences = useQuery({ ...preferencesQuery, enabled: data?.state === 'signedIn' });
  if (!data) return error ? <FailedPage error={error} again={() => void refetch()} /> : <Splash />;
  const invitation = /^\/invit(?:e|ation|ations)\/([\w-]+)/.exec(window.location.pathname)?.[1];
  const mailOff = /^\/mail-off\/([\w.-]+)/.exec(window.location.pathname)?.[1];
  const [, path, token] = /^\/([\w-]+)\/([\w.-]+)$/.exec(window.location.pathname) ?? [];
  const open = publicPages.find((page) => page.path === path);
  if (open && token) {
    return (
      <Suspense fallback={<Splash />}>
        <open.component token={token} />
      </Suspense>
    );
  }
  if (mailOff) {
    return (
      <Suspense fallback={<Splash />}>
        <MailOffPage token={mailOff} />
      </Suspense>
    );
  }
  if (data.state !== 'signedIn' || invitation) {
    return (
      <Suspense fallback={<Splash />}>
        <EntryPage session={data} invitation={invitation} />
      </Suspense>
    );
  }
  if (preferences.isPending && !storedLook()) return <Splash />;
  return (
    <MetaProvider
      waiting={<Splash />}
      failed={(failure, again) => <FailedPage error={failure} again={again} />}
    >
      <Inside />
    </MetaProvider>
  );
}

/** Takes over the look that the person has chosen, here or on another device. */
function useKeptLook(): void {
  const { look, apply } = useContext(LookContext);
  const { data } = useQuery(preferencesQuery);
  const told = useRef<typeof data>(undefined);
  useLayoutEffect(() => {
    if (!data || told.current) return;
    told.current = data;
    const kept = lookOf(data);
    if (kept.theme !== look.theme || kept.density !== look.density || !storedLook()) apply(kept);
  }, [data, look, apply]);
}

function Inside() {
  useKeptLook();
  const { me } = useMeta();
  setZone(me.timeZone);
  const { i18n } = useTranslation();
  useEffect(() => {
    if (i18n.language !== me.language) void changeLanguage(me.language);
  }, [me.language, i18n.language]);
  return <RouterProvider router={router} />;
}

function Splash() {
  const { t } = useTranslation();
  return (
    <div className="splash" role="status" aria-label={t('loading')}>
      <b>{t('app.name')}</b>
    </div>
  );
}

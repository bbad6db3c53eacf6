import { useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { get, onSignedOut } from '../api/client.ts';
import { MetaProvider, useMeta } from '../api/meta.tsx';
import { queryClient } from '../api/query.ts';
import type { Session } from '../api/types.ts';
import { setZone } from '../fields/format.ts';
import { changeLanguage } from '../i18n/index.ts';
import { router } from '../router.tsx';
import { FailedPage } from '../shell/StatusPage.tsx';
import { refreshSession, SESSION } from './session.ts';

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
      queryClient.removeQueries({ queryKey: ['meta'] });
      void refreshSession();
    });
  }, []);
  if (!data) return error ? <FailedPage error={error} again={() => void refetch()} /> : <Splash />;
  const invitation = /^\/invit(?:e|ation|ations)\/([\w-]+)/.exec(window.location.pathname)?.[1];
  if (data.state !== 'signedIn' || invitation) {
    return (
      <Suspense fallback={<Splash />}>
        <EntryPage session={data} invitation={invitation} />
      </Suspense>
    );
  }
  return (
    <MetaProvider
      waiting={<Splash />}
      failed={(failure, again) => <FailedPage error={failure} again={again} />}
    >
      <Inside />
    </MetaProvider>
  );
}

function Inside() {
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

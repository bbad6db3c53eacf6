import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../api/live.ts';
import { useMeta } from '../api/meta.tsx';
import { openPalette, paletteStore } from '../find/open.ts';
import { conflictStore } from '../form/conflict.ts';
import { createStore } from '../form/create.ts';
import { Banners } from './Banners.tsx';
import { Dock } from './Dock.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { helpStore, openHelp } from './help.ts';
import { useKeys, usePhone } from './hooks.ts';
import { Nav } from './Nav.tsx';
import { PageSkeleton } from './StatusPage.tsx';
import { TopBar } from './TopBar.tsx';

const loadPalette = () => import('../find/Palette.tsx');
const Palette = lazy(() => loadPalette().then((m) => ({ default: m.Palette })));
const CreateDialogs = lazy(() =>
  import('../form/CreateDialogs.tsx').then((m) => ({ default: m.CreateDialogs })),
);
const ConflictDialog = lazy(() =>
  import('../form/ConflictDialog.tsx').then((m) => ({ default: m.ConflictDialog })),
);
const MassTray = lazy(() => import('./MassTray.tsx').then((m) => ({ default: m.MassTray })));
const HelpDialog = lazy(() => import('./HelpDialog.tsx').then((m) => ({ default: m.HelpDialog })));

/** Dialogs that any page may open; each is loaded when first wanted. */
function Dialogs() {
  const palette = useSyncExternalStore(paletteStore.subscribe, paletteStore.read);
  const creating = useSyncExternalStore(createStore.subscribe, createStore.read);
  const conflict = useSyncExternalStore(conflictStore.subscribe, conflictStore.read);
  const help = useSyncExternalStore(helpStore.subscribe, helpStore.read);
  return (
    <Suspense fallback={null}>
      {palette && <Palette />}
      {creating.length > 0 && <CreateDialogs />}
      {conflict && <ConflictDialog />}
      {help && <HelpDialog />}
    </Suspense>
  );
}

export function Shell() {
  const { t } = useTranslation();
  const phone = usePhone();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useLive(useMeta().me.id);
  useKeys({ 'mod+k': openPalette, '?': openHelp });
  // The first keys after Ctrl-K must not be lost while a file is fetched.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), 1_500);
    return () => clearTimeout(timer);
  }, []);
  // A screen reader hears the new page; the keyboard starts in it.
  useEffect(() => {
    if (path) document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className={phone ? 'app phone' : 'app'}>
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      {!phone && <Nav />}
      <div className="stage">
        {!phone && <TopBar />}
        <Banners />
        <main id="main" className="body" tabIndex={-1}>
          <ErrorBoundary key={path}>
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
        {phone && <Dock />}
      </div>
      <Dialogs />
      <Suspense fallback={null}>
        <MassTray />
      </Suspense>
    </div>
  );
}

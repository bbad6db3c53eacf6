import { Link, Outlet, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import { useCurrentInSight } from '../shell/hooks.ts';
import { PageSkeleton, StatusPage } from '../shell/StatusPage.tsx';
import { settingsPages } from '../slots.ts';
import '../styles/form.css';
import '../styles/admin.css';

const PAGES = {
  users: lazy(() => import('./UsersPage.tsx').then((m) => ({ default: m.UsersPage }))),
  departments: lazy(() => import('./DepartmentsPage.tsx').then((m) => ({ default: m.DepartmentsPage }))),
  roles: lazy(() => import('./RolesPage.tsx').then((m) => ({ default: m.RolesPage }))),
  fields: lazy(() => import('./FieldsPage.tsx').then((m) => ({ default: m.FieldsPage }))),
  types: lazy(() => import('./TypesPage.tsx').then((m) => ({ default: m.TypesPage }))),
  tags: lazy(() => import('./TagsPage.tsx').then((m) => ({ default: m.TagsPage }))),
  keys: lazy(() => import('./KeysPage.tsx').then((m) => ({ default: m.KeysPage }))),
  audit: lazy(() => import('./AuditPage.tsx').then((m) => ({ default: m.AuditPage }))),
  settings: lazy(() => import('./SettingsPage.tsx').then((m) => ({ default: m.SettingsPage }))),
  system: lazy(() => import('./SystemPage.tsx').then((m) => ({ default: m.SystemPage }))),
} as const;

type PageName = keyof typeof PAGES;
const NAMES = Object.keys(PAGES) as PageName[];

/** Settings: a list of pages on the left, the chosen one on the right. */
export function AdminPage() {
  const { t } = useTranslation();
  const { me } = useMeta();
  const menu = useCurrentInSight();
  if (!me.administrator) return <StatusPage title={t('page.forbidden')} text={t('admin.only')} />;
  return (
    <div className="admin">
      <nav ref={menu} className="admin-nav" aria-label={t('nav.settings')}>
        {NAMES.map((page) => (
          <Link key={page} to="/admin/$page" params={{ page }} activeProps={{ className: 'on' }}>
            {t(`admin.${page}`)}
          </Link>
        ))}
        {settingsPages.map(({ page, label }) => (
          <Link key={page} to="/admin/$page" params={{ page }} activeProps={{ className: 'on' }}>
            {t(label)}
          </Link>
        ))}
      </nav>
      <div className="admin-body">
        <Outlet />
      </div>
    </div>
  );
}

export function AdminSection() {
  const { t } = useTranslation();
  const { page } = useParams({ from: '/admin/$page' });
  const Page = NAMES.includes(page as PageName)
    ? PAGES[page as PageName]
    : settingsPages.find((own) => own.page === page)?.component;
  if (!Page) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Page />
    </Suspense>
  );
}

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  type RouteComponent,
  redirect,
} from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeta } from './api/meta.tsx';
import type { Filter } from './api/types.ts';
import { navEntities } from './shell/menu.ts';
import { Shell } from './shell/Shell.tsx';
import { PageSkeleton, StatusPage } from './shell/StatusPage.tsx';
import { menuItems, pages } from './slots.ts';

function NotFound() {
  const { t } = useTranslation();
  return (
    <StatusPage title={t('page.missing')} text={t('page.missingText')}>
      <a className="link" href="/">
        {t('page.home')}
      </a>
    </StatusPage>
  );
}

/** The day's work is everyone's home; without it the first record type one may read. */
function Home() {
  const { t } = useTranslation();
  const { entities, me } = useMeta();
  const first = navEntities(entities)[0];
  const theirs = me.outside && menuItems.find(({ outside }) => outside === 'only');
  if (theirs) return <Navigate to={theirs.to as string} replace />;
  if (pages.some(({ path }) => path === 'today')) return <Navigate to={'/today' as string} replace />;
  if (first) return <Navigate to="/r/$plural" params={{ plural: first.plural }} replace />;
  return <StatusPage title={t('page.nothing')} text={t('page.nothingText')} />;
}

/** What a list shows, in its address: can be bookmarked, sent, and gone back to. */
export interface ListSearch {
  view?: string;
  filter?: Filter;
  sort?: string;
  q?: string;
  bin?: boolean;
}

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });
const list = createRoute({
  getParentRoute: () => root,
  path: '/r/$plural',
  validateSearch: (raw: Record<string, unknown>): ListSearch => ({
    ...(text(raw.view) ? { view: raw.view as string } : {}),
    ...(raw.filter && typeof raw.filter === 'object' ? { filter: raw.filter as Filter } : {}),
    ...(text(raw.sort) ? { sort: raw.sort as string } : {}),
    ...(raw.q !== undefined && raw.q !== '' ? { q: String(raw.q) } : {}),
    ...(raw.bin === true ? { bin: true } : {}),
  }),
  component: lazyRouteComponent(() => import('./list/ListPage.tsx'), 'ListPage'),
});
const create = createRoute({
  getParentRoute: () => root,
  path: '/r/$plural/new',
  component: lazyRouteComponent(() => import('./form/FormPage.tsx'), 'NewPage'),
});
const file = createRoute({
  getParentRoute: () => root,
  path: '/r/$plural/$id',
  validateSearch: (raw: Record<string, unknown>): { tab?: string } =>
    text(raw.tab) ? { tab: raw.tab as string } : {},
  component: lazyRouteComponent(() => import('./file/FilePage.tsx'), 'FilePage'),
});
const edit = createRoute({
  getParentRoute: () => root,
  path: '/r/$plural/$id/edit',
  component: lazyRouteComponent(() => import('./form/FormPage.tsx'), 'EditPage'),
});
const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  validateSearch: (raw: Record<string, unknown>): { q?: string } =>
    raw.q !== undefined && raw.q !== '' ? { q: String(raw.q) } : {},
  component: lazyRouteComponent(() => import('./find/SearchPage.tsx'), 'SearchPage'),
});
const imports = createRoute({
  getParentRoute: () => root,
  path: '/import',
  component: lazyRouteComponent(() => import('./import/HistoryPage.tsx'), 'HistoryPage'),
});
const newImport = createRoute({
  getParentRoute: () => root,
  path: '/import/new',
  validateSearch: (raw: Record<string, unknown>): { entity?: string } =>
    text(raw.entity) ? { entity: raw.entity as string } : {},
  component: lazyRouteComponent(() => import('./import/ImportPage.tsx'), 'NewImportPage'),
});
const oneImport = createRoute({
  getParentRoute: () => root,
  path: '/import/$id',
  component: lazyRouteComponent(() => import('./import/ImportPage.tsx'), 'ImportPage'),
});
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./entry/WelcomePage.tsx'), 'WelcomePage'),
});
const me = createRoute({
  getParentRoute: () => root,
  path: '/me',
  component: lazyRouteComponent(() => import('./me/MePage.tsx'), 'MePage'),
});
const admin = createRoute({
  getParentRoute: () => root,
  path: '/admin',
  component: lazyRouteComponent(() => import('./admin/AdminPage.tsx'), 'AdminPage'),
});
const adminHome = createRoute({
  getParentRoute: () => admin,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/admin/$page', params: { page: 'users' } });
  },
});
const adminPage = createRoute({
  getParentRoute: () => admin,
  path: '/$page',
  validateSearch: (raw: Record<string, unknown>): { id?: string; entity?: string } => ({
    ...(text(raw.id) ? { id: raw.id as string } : {}),
    ...(text(raw.entity) ? { entity: raw.entity as string } : {}),
  }),
  component: lazyRouteComponent(() => import('./admin/AdminPage.tsx'), 'AdminSection'),
});

/** Pages that modules bring. Their addresses are known only here, so links to them are plain strings. */
const contributed = pages.map(({ path, component, search: keep }) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: component as RouteComponent,
    validateSearch: (raw: Record<string, unknown>) => keep?.(raw) ?? {},
  }),
) as unknown as [];

export const router = createRouter({
  routeTree: root.addChildren([
    ...contributed,
    home,
    list,
    create,
    file,
    edit,
    search,
    imports,
    newImport,
    oneImport,
    welcome,
    me,
    admin.addChildren([adminHome, adminPage]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: PageSkeleton,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

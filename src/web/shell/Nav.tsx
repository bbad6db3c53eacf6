import {
  CloudUploadOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  SettingOutlined,
} from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../api/meta.tsx';
import { usePreference } from '../api/preferences.ts';
import type { MenuGroup, MetaEntity } from '../api/types.ts';
import { type MenuItem, menuItems } from '../slots.ts';
import { useNarrow } from './hooks.ts';
import { EntityIcon } from './icons.tsx';

/** Record types that stand in the menu: those that say so, and the company's own. */
export const navEntities = (entities: MetaEntity[]) =>
  entities
    .filter((entity) => may(entity, 'read') && (entity.menu || entity.custom))
    .toSorted((a, b) => rank(a) - rank(b));

const rank = ({ menu }: MetaEntity) =>
  menu ? GROUPS.indexOf(menu.group) * 1000 + menu.order : Number.MAX_SAFE_INTEGER;

const GROUPS: readonly MenuGroup[] = ['main', 'work', 'sales', 'service', 'business'];

export function Nav() {
  const { t } = useTranslation();
  const { entities, me } = useMeta();
  const narrow = useNarrow();
  const [folded, setFolded] = usePreference<boolean | null>('nav.folded', null);
  const small = folded ?? narrow;
  const shown = navEntities(entities);
  const own = shown.filter((entity) => entity.custom);
  const imports = entities.some((entity) => may(entity, 'import'));
  return (
    <nav className={`nav ${small ? 'small' : ''}`} aria-label={t('nav.label')}>
      <Link to="/" className="logo" aria-label={t('app.title')}>
        <span>{small ? t('app.sign') : t('app.name')}</span>
        {!small && <small>{t('app.latin')}</small>}
      </Link>
      {GROUPS.map((group) => (
        <Group key={group} group={group} entities={shown} small={small} />
      ))}
      {own.length > 0 && <div className="nav-group">{small ? '' : t('nav.custom')}</div>}
      {own.map((entity) => (
        <EntityLink key={entity.name} entity={entity} small={small} />
      ))}
      <div className="nav-fill" />
      {imports && (
        <Link to="/import" className="nav-item" title={small ? t('import.history') : undefined}>
          <CloudUploadOutlined />
          <span>{t('import.history')}</span>
        </Link>
      )}
      {me.administrator && (
        <Link to="/admin" className="nav-item" title={small ? t('nav.settings') : undefined}>
          <SettingOutlined />
          <span>{t('nav.settings')}</span>
        </Link>
      )}
      <button type="button" className="nav-item" onClick={() => setFolded(!small)} aria-pressed={small}>
        {small ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        <span>{t(small ? 'nav.unfold' : 'nav.fold')}</span>
      </button>
    </nav>
  );
}

/** One part of the menu: lists and pages in one order; a heading only where there is something beneath it. */
function Group({ group, entities, small }: { group: MenuGroup; entities: MetaEntity[]; small: boolean }) {
  const { t } = useTranslation();
  const { entity: named } = useMeta();
  const items = [
    ...entities.flatMap((entity) =>
      entity.menu?.group === group ? [{ order: entity.menu.order, entity, page: null }] : [],
    ),
    ...menuItems.flatMap((page) => {
      const target = page.needs && named(page.needs.entity);
      const allowed = !page.needs || (target && may(target, page.needs.action));
      return page.group === group && allowed ? [{ order: page.order, entity: null, page }] : [];
    }),
  ].toSorted((a, b) => a.order - b.order);
  if (items.length === 0) return null;
  return (
    <>
      {group !== 'main' && <div className="nav-group">{small ? '' : t(`nav.${group}`)}</div>}
      {items.map(({ entity, page }) =>
        entity ? (
          <EntityLink key={entity.name} entity={entity} small={small} />
        ) : (
          <PageLink key={page.to} item={page} small={small} />
        ),
      )}
    </>
  );
}

const noBadge = () => 0;

function PageLink({ item, small }: { item: MenuItem; small: boolean }) {
  const { t } = useTranslation();
  const badge = (item.useBadge ?? noBadge)();
  const Icon = item.icon;
  return (
    <Link
      to={item.to}
      className="nav-item"
      activeProps={{ className: 'nav-item on' }}
      title={small ? t(item.label) : undefined}
    >
      <Icon />
      <span>{t(item.label)}</span>
      {badge > 0 && <b className="nav-badge">{badge > 99 ? '99+' : badge}</b>}
    </Link>
  );
}

function EntityLink({ entity, small }: { entity: MetaEntity; small: boolean }) {
  return (
    <Link
      to="/r/$plural"
      params={{ plural: entity.plural }}
      className="nav-item"
      activeProps={{ className: 'nav-item on' }}
      title={small ? entity.manyLabel : undefined}
    >
      <EntityIcon entity={entity} />
      <span>{entity.manyLabel}</span>
    </Link>
  );
}

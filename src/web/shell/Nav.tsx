import {
  CloudUploadOutlined,
  DownOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  RightOutlined,
  SettingOutlined,
} from '@ant-design/icons';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../api/meta.tsx';
import { usePreference } from '../api/preferences.ts';
import type { MetaEntity } from '../api/types.ts';
import type { MenuItem } from '../slots.ts';
import { useCurrentInSight, useNarrow } from './hooks.ts';
import { EntityIcon } from './icons.tsx';
import { type MenuEntry, type MenuPart, useMenu } from './menu.ts';

export function Nav() {
  const { t } = useTranslation();
  const { entities, me } = useMeta();
  const narrow = useNarrow();
  const [folded, setFolded] = usePreference<boolean | null>('nav.folded', null);
  const small = folded ?? narrow;
  const menu = useCurrentInSight();
  const imports = entities.some((entity) => may(entity, 'import'));
  return (
    <nav ref={menu} className={`nav ${small ? 'small' : ''}`} aria-label={t('nav.label')}>
      <Link to="/" className="logo" aria-label={t('app.title')}>
        <span>{small ? t('app.sign') : t('app.name')}</span>
        {!small && <small>{t('app.latin')}</small>}
      </Link>
      {useMenu().map((part) => (
        <Group key={part.group} part={part} small={small} />
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

/** One part of the menu; what its heading hides stays so, but for the part one is in. */
function Group({ part: { group, items }, small }: { part: MenuPart; small: boolean }) {
  const { t } = useTranslation();
  const [hidden, setHidden] = usePreference<string[]>('nav.hidden', []);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const here = items.some(({ entity, page }) => {
    const to = entity ? `/r/${entity.plural}` : page?.to;
    return path === to || path.startsWith(`${to}/`);
  });
  const open = small || here || !hidden.includes(group);
  const toggle = () => setHidden(open ? [...hidden, group] : hidden.filter((each) => each !== group));
  return (
    <>
      {group !== 'main' &&
        (small ? (
          <div className="nav-group" />
        ) : (
          <button type="button" className="nav-group" aria-expanded={open} disabled={here} onClick={toggle}>
            {t(`nav.${group}`)}
            {!here && (open ? <DownOutlined /> : <RightOutlined />)}
          </button>
        ))}
      {open && items.map((item) => <MenuLink key={item.key} item={item} small={small} />)}
    </>
  );
}

/** A list or a page, by its name. */
export function MenuLink({ item, small = false }: { item: MenuEntry; small?: boolean }) {
  if (item.entity) return <EntityLink entity={item.entity} small={small} />;
  return item.page ? <PageLink item={item.page} small={small} /> : null;
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

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
import type { MetaEntity } from '../api/types.ts';
import { useNarrow } from './hooks.ts';
import { EntityIcon } from './icons.tsx';

/** Record types that have pages of their own under settings, or live on other records' pages only. */
const ELSEWHERE = new Set(['user', 'department', 'role', 'attachment', 'tag']);

export const navEntities = (entities: MetaEntity[]) =>
  entities.filter((entity) => may(entity, 'read') && !ELSEWHERE.has(entity.name));

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
      {shown
        .filter((entity) => !entity.custom)
        .map((entity) => (
          <EntityLink key={entity.name} entity={entity} small={small} />
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

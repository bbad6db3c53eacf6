import { MenuOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../api/meta.tsx';
import { openPalette } from '../find/open.ts';
import { openCreate } from '../form/create.ts';
import { DockBadge } from '../notifications/DockBadge.tsx';
import { forThisSide } from '../outside.ts';
import { menuItems, quick } from '../slots.ts';
import { EntityIcon } from './icons.tsx';
import { navEntities } from './menu.ts';
import { QuickCreate } from './QuickCreate.tsx';

const MenuSheet = lazy(() => import('./MenuSheet.tsx').then((m) => ({ default: m.MenuSheet })));

/** The phone's five: the day, the most used record type, what is begun most or else anything new, find, all the rest. */
export function Dock() {
  const { t } = useTranslation();
  const { entities, entity } = useMeta();
  const [menu, setMenu] = useState(false);
  const nav = navEntities(entities);
  const day = forThisSide(menuItems).find(({ to, outside }) => to === '/today' || outside === 'only');
  const first = entity('customer') ?? nav[0];
  const second = day ? undefined : (entity('task') ?? nav.find((other) => other !== first));
  const begun = quick && entity(quick.entity);
  return (
    <>
      <nav className="dock" aria-label={t('nav.label')}>
        {day && (
          <Link to={day.to} activeProps={{ className: 'on' }}>
            <day.icon />
            {t(day.label)}
          </Link>
        )}
        {[first, second].map(
          (item) =>
            item && (
              <Link
                key={item.name}
                to="/r/$plural"
                params={{ plural: item.plural }}
                activeProps={{ className: 'on' }}
              >
                <EntityIcon entity={item} />
                {item.label}
              </Link>
            ),
        )}
        {quick && begun && may(begun, quick.action) ? (
          <button
            type="button"
            className="dock-new"
            aria-label={t(quick.label)}
            onClick={() => void openCreate(begun)}
          >
            {t(quick.short)}
          </button>
        ) : (
          <QuickCreate
            button={(props) => (
              <button type="button" className="dock-new" {...props} aria-label={t('new')}>
                <PlusOutlined />
              </button>
            )}
          />
        )}
        <button type="button" onClick={openPalette}>
          <SearchOutlined />
          {t('find.short')}
        </button>
        <button type="button" aria-haspopup="dialog" aria-expanded={menu} onClick={() => setMenu(true)}>
          <MenuOutlined />
          <DockBadge />
          {t('nav.menu')}
        </button>
      </nav>
      {menu && (
        <Suspense fallback={null}>
          <MenuSheet onClose={() => setMenu(false)} />
        </Suspense>
      )}
    </>
  );
}

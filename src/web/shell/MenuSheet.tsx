import {
  BellOutlined,
  CloseOutlined,
  CloudUploadOutlined,
  SettingOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../api/meta.tsx';
import { useUnread } from '../notifications/api.ts';
import { type MenuEntry, useMenu } from './menu.ts';
import { MenuLink } from './Nav.tsx';

/** On a phone: everything the menu leads to, in a sheet over the page. */
export function MenuSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { entities, me } = useMeta();
  const unread = useUnread();
  const [typed, setTyped] = useState('');
  const sheet = useRef<HTMLDialogElement>(null);
  // Modal by the browser itself: the page behind is out of reach, Escape closes, the focus goes back.
  useEffect(() => sheet.current?.showModal(), []);
  const wanted = typed.trim().toLowerCase();
  const fits = (label: string) => label.toLowerCase().includes(wanted);
  const parts = useMenu().map(({ group, items }) => ({
    group,
    items: items.filter(({ label }: MenuEntry) => fits(label)),
  }));
  const more = [
    { to: '/notifications', label: t('notifications.title'), icon: BellOutlined, shown: true, count: unread },
    { to: '/me', label: t('me.short'), icon: UserOutlined, shown: true },
    {
      to: '/import',
      label: t('import.history'),
      icon: CloudUploadOutlined,
      shown: entities.some((entity) => may(entity, 'import')),
    },
    { to: '/admin', label: t('nav.settings'), icon: SettingOutlined, shown: me.administrator },
  ].filter(({ shown, label }) => shown && fits(label));
  const nothing = more.length === 0 && parts.every(({ items }) => items.length === 0);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes it by Escape or the button.
    <dialog
      ref={sheet}
      className="menu-sheet"
      aria-label={t('nav.menu')}
      onClose={onClose}
      onClick={({ target }) => {
        // A press beside the sheet, or on a link in it.
        if (target === sheet.current || (target as Element).closest('a')) sheet.current?.close();
      }}
    >
      <div className="menu-sheet-inner">
        <div className="menu-sheet-head">
          <Input
            type="search"
            allowClear
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder={t('nav.search')}
            aria-label={t('nav.search')}
          />
          <button
            type="button"
            className="icon-button"
            aria-label={t('close')}
            onClick={() => sheet.current?.close()}
          >
            <CloseOutlined />
          </button>
        </div>
        <nav aria-label={t('nav.menu')}>
          {parts.map(
            ({ group, items }) =>
              items.length > 0 && (
                <section key={group} aria-label={group === 'main' ? t('nav.menu') : t(`nav.${group}`)}>
                  {group !== 'main' && <h2 className="nav-group">{t(`nav.${group}`)}</h2>}
                  <div className="menu-sheet-links">
                    {items.map((item) => (
                      <MenuLink key={item.key} item={item} />
                    ))}
                  </div>
                </section>
              ),
          )}
          {more.length > 0 && (
            <div className="menu-sheet-links menu-sheet-more">
              {more.map(({ to, label, icon: Icon, count = 0 }) => (
                <Link key={to} to={to} className="nav-item">
                  <Icon />
                  <span>{label}</span>
                  {count > 0 && <b className="nav-badge">{count > 99 ? '99+' : count}</b>}
                </Link>
              ))}
            </div>
          )}
          {nothing && <p role="status">{t('picker.none')}</p>}
        </nav>
      </div>
    </dialog>
  );
}

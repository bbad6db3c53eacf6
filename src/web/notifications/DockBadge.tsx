import { useTranslation } from 'react-i18next';
import '../styles/notifications.css';
import { useUnread } from './api.ts';
import { useNews } from './useNews.ts';
import { useOpen } from './useOpen.ts';

/** On a phone: how many are unread, at the entry that leads to them. */
export function DockBadge() {
  const { t } = useTranslation();
  const unread = useUnread();
  useNews(useOpen(), t('notifications.open'));
  return unread > 0 ? <b className="dock-badge">{unread > 99 ? '99+' : unread}</b> : null;
}

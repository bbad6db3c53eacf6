import { useTranslation } from 'react-i18next';
import { shortInstant } from '../fields/format.ts';
import type { Notification } from './api.ts';

/** One notification: what, when, and the way to it. */
export function NotificationLine({
  item,
  onOpen,
}: {
  item: Notification;
  onOpen: (item: Notification) => void;
}) {
  const { t } = useTranslation();
  return (
    <li className={`note ${item.read ? '' : 'new'} ${item.importance}`}>
      <button type="button" onClick={() => onOpen(item)}>
        {!item.read && <i className="note-dot" role="img" aria-label={t('notifications.unread')} />}
        <span className="note-text">{item.text}</span>
        <time dateTime={item.at}>{shortInstant(item.at)}</time>
      </button>
    </li>
  );
}

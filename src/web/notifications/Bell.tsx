import { BellOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import { Pop } from '../shell/Pop.tsx';
import '../styles/notifications.css';
import { markRead, NOTIFICATIONS, type Notification, useUnread } from './api.ts';
import { NotificationLine } from './Line.tsx';
import { useNews } from './useNews.ts';
import { useOpen } from './useOpen.ts';

const MOST = 99;

/** In the top bar: how many are unread, and the newest of them. */
export function Bell() {
  const { t } = useTranslation();
  const unread = useUnread();
  const open = useOpen();
  useNews(open, t('notifications.open'));
  return (
    <Pop
      align="end"
      label={t('notifications.title')}
      className="note-panel"
      trigger={(props) => (
        <button type="button" className={`button bell ${unread ? 'on' : ''}`} {...props}>
          <BellOutlined /> {t('notifications.title')}
          {unread > 0 && <b>{unread > MOST ? `${MOST}+` : unread}</b>}
        </button>
      )}
    >
      {(close) => (
        <Panel
          unread={unread}
          close={close}
          open={(item) => {
            close();
            open(item);
          }}
        />
      )}
    </Pop>
  );
}

interface PanelProps {
  unread: number;
  close: () => void;
  open: (item: Notification) => void;
}

function Panel({ unread, close, open }: PanelProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: [...NOTIFICATIONS, 'panel'],
    queryFn: () => get<{ items: Notification[] }>('/notifications', { limit: 10 }),
  });
  return (
    <>
      <header>
        <b>{t('notifications.title')}</b>
        <span className="fill" />
        {unread > 0 && (
          <button type="button" className="link" onClick={() => void markRead({ all: true })}>
            {t('notifications.readAll')}
          </button>
        )}
      </header>
      {data?.items.length === 0 && <p className="quiet pad-text">{t('notifications.none')}</p>}
      <ul className="notes">
        {data?.items.map((item) => (
          <NotificationLine key={item.id} item={item} onOpen={open} />
        ))}
      </ul>
      <footer>
        <Link to={'/notifications' as string} className="link" onClick={close}>
          {t('notifications.all')}
        </Link>
        <Link to={'/me/notifications' as string} className="link" onClick={close}>
          {t('notifications.choose')}
        </Link>
      </footer>
    </>
  );
}

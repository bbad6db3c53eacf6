import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get, remove } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import { instantText } from '../fields/format.ts';
import { toast, toastError } from '../shell/toasts.tsx';

interface SignedIn {
  id: string;
  device: string | null;
  ip: string | null;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
}

export const SESSIONS = ['sessions'];

/** Where one is signed in; any place but this can be ended. */
export function SessionsCard() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: SESSIONS,
    queryFn: () => get<{ items: SignedIn[] }>('/me/sessions'),
  });
  const end = async (session: SignedIn) => {
    await remove(`/me/sessions/${session.id}`).then(() => toast(t('me.ended')), toastError);
    await queryClient.invalidateQueries({ queryKey: SESSIONS });
  };
  return (
    <section className="card">
      <header>
        <h2>{t('me.sessions')}</h2>
      </header>
      <ul className="admin-list">
        {data?.items.map((session) => (
          <li key={session.id}>
            <div className="fill">
              {session.device ?? t('me.unknownDevice')}{' '}
              {session.current && <span className="tag song">{t('me.here')}</span>}
              <small>
                {session.ip} · {t('me.lastSeen', { when: instantText(session.lastSeenAt) })}
              </small>
            </div>
            {!session.current && (
              <button type="button" className="link danger" onClick={() => void end(session)}>
                {t('me.end')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

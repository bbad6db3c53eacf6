import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onReach } from '../api/client.ts';
import { queryClient } from '../api/query.ts';

const PING_MS = 5_000;

/** Says when the server is out of reach, tries again by itself, and takes the banner away once it answers. */
export function Banners() {
  const { t } = useTranslation();
  const [reached, setReached] = useState(true);
  useEffect(() => {
    const stop = onReach(setReached);
    const offline = () => setReached(false);
    window.addEventListener('offline', offline);
    return () => {
      stop();
      window.removeEventListener('offline', offline);
    };
  }, []);
  useEffect(() => {
    if (reached) return;
    const timer = setInterval(() => {
      void fetch('/healthz').then(
        (answer) => {
          if (!answer.ok) return;
          setReached(true);
          void queryClient.invalidateQueries();
        },
        () => undefined,
      );
    }, PING_MS);
    return () => clearInterval(timer);
  }, [reached]);
  if (reached) return null;
  return (
    <div className="banner" role="alert">
      {t('error.offline')}
    </div>
  );
}

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf } from '../api/client.ts';

/** A page that has nothing to show says why and where to go on. */
export function StatusPage({
  title,
  text,
  children,
}: {
  title: string;
  text?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="status-page" role="alert">
      <h1>{title}</h1>
      {text && <p>{text}</p>}
      <div className="status-actions">{children}</div>
    </div>
  );
}

/** The right words for a failed request: not there, not allowed, out of reach. */
export function FailedPage({ error, again }: { error: unknown; again?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const status = error instanceof ApiError ? error.status : -1;
  const title = status === 404 ? t('page.missing') : status === 403 ? t('page.forbidden') : t('page.failed');
  return (
    <StatusPage title={title} text={messageOf(error)}>
      {again && status !== 404 && status !== 403 && (
        <button type="button" className="link" onClick={again}>
          {t('retry')}
        </button>
      )}
      <a className="link" href="/">
        {t('page.home')}
      </a>
    </StatusPage>
  );
}

/** Holds the shape of a page while it loads. */
export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="skeleton" role="status" aria-label={t('loading')}>
      <i style={{ width: '24%' }} />
      <i style={{ width: '60%' }} />
      <i />
      <i />
      <i />
      <i style={{ width: '80%' }} />
    </div>
  );
}

import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, post } from '../api/client.ts';
import { StatusPage } from '../shell/StatusPage.tsx';

/** The link in a mail that ends mails of its kind: opening it is enough. (A program that only looks at links changes nothing.) */
export function MailOffPage({ token }: { token: string }) {
  const { t } = useTranslation();
  const { data, error, mutate } = useMutation({
    mutationFn: () => post<{ kinds: string[] }>(`/notifications/off/${token}`),
  });
  useEffect(() => mutate(), [mutate]);
  if (error) return <StatusPage title={messageOf(error)} text={t('mailOff.failed')} />;
  if (!data) return null;
  return (
    <StatusPage title={t('mailOff.done')} text={t('mailOff.text', { kinds: data.kinds.join('、') })}>
      <a className="link" href="/me/notifications">
        {t('notifications.choose')}
      </a>
    </StatusPage>
  );
}

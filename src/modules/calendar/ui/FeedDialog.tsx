import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyLine } from '../../../web/admin/CopyLine.tsx';
import { get, post, remove } from '../../../web/api/client.ts';
import { shortInstant } from '../../../web/fields/format.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';

interface Feed {
  createdAt: string;
  readAt: string | null;
}

/** One's calendar in other programs: a secret address, shown once, that one may end. */
export function FeedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState<string | null>(null);
  const { data, refetch } = useQuery({
    queryKey: ['agenda-feed'],
    queryFn: () => get<{ feed: Feed | null }>('/calendar/feed'),
  });
  const make = async () => {
    try {
      setAddress((await post<{ url: string }>('/calendar/feed', {})).url);
      await refetch();
    } catch (error) {
      toastError(error);
    }
  };
  const end = async () => {
    try {
      await remove('/calendar/feed');
      setAddress(null);
      await refetch();
      toast(t('agenda.feedEnded'), { kind: 'good' });
    } catch (error) {
      toastError(error);
    }
  };
  const feed = data?.feed;
  return (
    <Modal open title={t('agenda.subscribe')} footer={null} onCancel={onClose}>
      <p>{t('agenda.feedText')}</p>
      {address && (
        <>
          <CopyLine text={address} label={t('agenda.subscribe')} />
          <p className="quiet">{t('agenda.feedOnce')}</p>
        </>
      )}
      {feed && !address && (
        <p className="quiet">
          {feed.readAt
            ? t('agenda.feedRead', { at: shortInstant(feed.readAt) })
            : t('agenda.feedUnread', { at: shortInstant(feed.createdAt) })}
        </p>
      )}
      <div className="head">
        <Button type="primary" onClick={() => void make()}>
          {t(feed ? 'agenda.feedAgain' : 'agenda.feedMake')}
        </Button>
        {feed && (
          <Button danger onClick={() => void end()}>
            {t('agenda.feedEnd')}
          </Button>
        )}
      </div>
    </Modal>
  );
}

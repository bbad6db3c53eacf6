import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Radio, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post, remove } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import type { MetaEntity, Link as Reference, WireRecord } from '../api/types.ts';
import { instantText } from '../fields/format.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import { toastError } from '../shell/toasts.tsx';
import { useSaving } from '../shell/useSaving.ts';

const DateInput = lazy(() => import('../fields/DateInput.tsx'));

interface Share {
  id: string;
  user?: Reference | null;
  department?: Reference | null;
  access: 'read' | 'write';
  expiresAt?: string | null;
}

interface Props {
  entity: MetaEntity;
  record: WireRecord;
  onClose: () => void;
}

/** Opens one record to a person or department, to read or to write, for a time if wished. */
export function ShareDialog({ entity, record, onClose }: Props) {
  const { t } = useTranslation();
  const path = `/${entity.plural}/${record.id}`;
  const key = ['shares', record.id];
  const { data } = useQuery({ queryKey: key, queryFn: () => get<{ items: Share[] }>(`${path}/shares`) });
  const [kind, setKind] = useState<'user' | 'department'>('user');
  const [who, setWho] = useState<Reference | null>(null);
  const [access, setAccess] = useState<'read' | 'write'>('read');
  const [until, setUntil] = useState<string | null>(null);
  const { busy, run } = useSaving();
  const act = (work: Promise<unknown>) =>
    run(async () => {
      await work;
      setWho(null);
      await queryClient.invalidateQueries({ queryKey: key });
    }, toastError);
  return (
    <Modal
      open
      width={520}
      title={t('share.titleOf', { title: record.title })}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
      onCancel={onClose}
    >
      {data?.items.length === 0 && <p className="quiet">{t('share.none')}</p>}
      <ul className="plain-list">
        {data?.items.map((share) => (
          <li key={share.id}>
            <b>{share.user?.title ?? share.department?.title ?? t('record.outOfSight')}</b>
            <span className="tag">{t(`share.${share.access}`)}</span>
            <span className="quiet fill">
              {share.expiresAt
                ? t('share.until', { date: instantText(share.expiresAt) })
                : t('share.forever')}
            </span>
            <button
              type="button"
              className="link"
              disabled={busy}
              onClick={() => void act(remove(`${path}/shares/${share.id}`))}
            >
              {t('share.end')}
            </button>
          </li>
        ))}
      </ul>
      <div className="share-form">
        <Select
          aria-label={t('share.kind')}
          value={kind}
          options={[
            { value: 'user', label: t('share.user') },
            { value: 'department', label: t('share.department') },
          ]}
          onChange={(next) => {
            setKind(next);
            setWho(null);
          }}
          style={{ width: 96 }}
        />
        <ReferencePicker
          key={kind}
          label={t('share.with')}
          to={kind}
          among="staff"
          noCreate
          value={who ? [who] : []}
          onChange={(next) => setWho(next[0] ?? null)}
        />
        <Radio.Group value={access} onChange={(event) => setAccess(event.target.value)}>
          <Radio value="read">{t('share.read')}</Radio>
          <Radio value="write">{t('share.write')}</Radio>
        </Radio.Group>
        <span className="field-label">{t('share.expires')}</span>
        <Suspense fallback={<span className="input-wait" />}>
          <DateInput label={t('share.expires')} value={until} withTime onChange={setUntil} />
        </Suspense>
        <Button
          type="primary"
          disabled={!who}
          loading={busy}
          onClick={() =>
            who &&
            void act(
              post(`${path}/share`, { [kind]: who.id, access, ...(until ? { expiresAt: until } : {}) }),
            )
          }
        >
          {t('share.go')}
        </Button>
      </div>
      <p className="field-hint">{t('share.hint')}</p>
    </Modal>
  );
}

import { Button, DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post, remove } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import type { Link } from '../api/types.ts';
import { instantText } from '../fields/format.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import { FormDialog } from '../shell/FormDialog.tsx';
import { toastError } from '../shell/toasts.tsx';
import { refresh, useDelegations } from './api.ts';

/** While one is away: who decides, from when until when. */
export function DelegationDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { me } = useMeta();
  const { data = [] } = useDelegations();
  const [to, setTo] = useState<Link[]>([]);
  const [span, setSpan] = useState<[Dayjs, Dayjs]>(() => [dayjs(), dayjs().add(7, 'day').endOf('day')]);
  const add = async () => {
    await post('/approval-delegations', {
      to: to[0]?.id,
      from: span[0].toISOString(),
      until: span[1].toISOString(),
    });
    setTo([]);
    refresh();
  };
  const end = (id: string) => remove(`/approval-delegations/${id}`).then(() => refresh(), toastError);
  return (
    <FormDialog
      width={520}
      title={t('approvals.away')}
      ok={t('approvals.awaySave')}
      cancel={t('close')}
      ready={to.length > 0}
      save={add}
      onClose={onClose}
    >
      <p className="quiet">{t('approvals.awayText')}</p>
      <div className="field">
        <label className="field-label" htmlFor="away-to">
          {t('approvals.awayTo')}
        </label>
        <ReferencePicker id="away-to" to="user" among="active" noCreate value={to} onChange={setTo} />
      </div>
      <div className="field">
        <span className="field-label">{t('approvals.awaySpan')}</span>
        <DatePicker.RangePicker
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          value={span}
          onChange={(next) => {
            if (next?.[0] && next[1]) setSpan([next[0], next[1]]);
          }}
          style={{ width: '100%' }}
        />
      </div>
      {data.length > 0 && (
        <ul className="line-list">
          {data.map((each) => (
            <li key={each.id} className="line">
              <span>
                {each.person.id === me.id
                  ? t('approvals.awayMine', { name: each.to.title })
                  : t('approvals.awayTheirs', { name: each.person.title })}{' '}
                <small className="quiet">
                  {instantText(each.from)} – {instantText(each.until)}
                </small>
              </span>
              {each.person.id === me.id && (
                <Button size="small" onClick={() => void end(each.id)}>
                  {t('approvals.awayEnd')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </FormDialog>
  );
}

import { Button, Dropdown, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalSheet } from '../../platform/approvals/sheet.shared.ts';
import { ApiError, post, reasonsOf } from '../api/client.ts';
import { ask } from '../shell/ask.tsx';
import { FormError } from '../shell/FormError.tsx';
import { toast } from '../shell/toasts.tsx';
import { refresh } from './api.ts';
import { AddDialog, HandDialog, RejectDialog } from './dialogs.tsx';
import { Edits } from './Edits.tsx';

type Dialog = 'reject' | 'hand' | 'add' | null;

/** What the person may do now, within reach of the thumb. */
export function DecideBar({ sheet }: { sheet: ApprovalSheet }) {
  const { t } = useTranslation();
  const { can } = sheet;
  const [dialog, setDialog] = useState<Dialog>(null);
  const [comment, setComment] = useState('');
  const [edits, setEdits] = useState<Record<string, unknown>>({});
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  /** Gives whether it was done. */
  const act = async (verb: string, body: object): Promise<boolean> => {
    setBusy(true);
    setMessage(null);
    try {
      const after = await post<ApprovalSheet>(`/approvals/${sheet.id}/${verb}`, body);
      refresh(after);
      setComment('');
      setEdits({});
      setDialog(null);
      toast(t(`approvals.done.${verb}`), { kind: 'good' });
      return true;
    } catch (error) {
      setMessage(reasonsOf(error));
      // Somebody was faster: the sheet shows how it stands.
      if (error instanceof ApiError && error.status === 409) refresh();
      return false;
    } finally {
      setBusy(false);
    }
  };
  const withdraw = async () => {
    const yes = await ask({
      title: t('approvals.withdrawTitle'),
      body: t('approvals.withdrawText'),
      action: t('approvals.withdraw'),
      danger: true,
    });
    if (yes) await act('withdraw', {});
  };
  if (!can.decide && !can.withdraw && !can.remind && !can.resubmit) return null;
  return (
    <div className="decide-bar screen-only" role="group" aria-label={t('approvals.decide')}>
      <FormError message={dialog ? null : message} />
      {can.decide && (
        <>
          {can.standsFor && (
            <p className="quiet">{t('approvals.youStandFor', { name: can.standsFor.title })}</p>
          )}
          <Edits sheet={sheet} values={edits} onChange={setEdits} />
          <Input.TextArea
            aria-label={t('approvals.comment')}
            placeholder={t('approvals.comment')}
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={2000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </>
      )}
      <div className="decide-buttons">
        {can.decide && (
          <>
            <Button
              type="primary"
              size="large"
              loading={busy}
              onClick={() =>
                void act('approve', { comment, ...(Object.keys(edits).length ? { edits } : {}) })
              }
            >
              {t('approvals.approve')}
            </Button>
            <Button size="large" danger onClick={() => setDialog('reject')}>
              {t('approvals.reject')}
            </Button>
            <Dropdown
              trigger={['click']}
              menu={{
                items: [
                  { key: 'add', label: t('approvals.add') },
                  { key: 'hand', label: t('approvals.hand') },
                  ...(can.remind ? [{ key: 'remind', label: t('approvals.remind') }] : []),
                  ...(can.withdraw ? [{ key: 'withdraw', label: t('approvals.withdraw') }] : []),
                ],
                onClick: ({ key }) => {
                  if (key === 'remind') void act('remind', {});
                  else if (key === 'withdraw') void withdraw();
                  else setDialog(key as Dialog);
                },
              }}
            >
              <Button size="large">{t('more')}</Button>
            </Dropdown>
          </>
        )}
        {can.resubmit && (
          <Button type="primary" size="large" loading={busy} onClick={() => void act('resubmit', {})}>
            {t('approvals.resubmit')}
          </Button>
        )}
        {can.remind && !can.decide && (
          <Button size="large" onClick={() => void act('remind', {})}>
            {t('approvals.remind')}
          </Button>
        )}
        {can.withdraw && !can.decide && (
          <Button size="large" onClick={() => void withdraw()}>
            {t('approvals.withdraw')}
          </Button>
        )}
      </div>
      {dialog === 'reject' && (
        <RejectDialog
          sheet={sheet}
          comment={comment}
          busy={busy}
          message={message}
          onOk={(body) => void act('reject', body)}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'hand' && (
        <HandDialog
          busy={busy}
          message={message}
          onOk={(body) => void act('hand-over', { ...body, comment })}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'add' && (
        <AddDialog
          busy={busy}
          message={message}
          onOk={(body) => void act('add-approvers', { ...body, comment })}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}

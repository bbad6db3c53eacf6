import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf } from '../../../web/api/meta.tsx';
import type { MetaEntity } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { HeldBar, HeldNames } from '../../../web/file/held.tsx';
import { keepEnter } from '../../../web/shell/hooks.ts';
import { submits } from '../../../web/shell/useSaving.ts';
import { FollowMore } from './FollowMore.tsx';
import { type FollowUpWish, useFollowUp } from './useFollowUp.ts';

interface Props extends FollowUpWish {
  activity: MetaEntity;
  /** In a dialog of its own: whole from the start, and for any customer. */
  alone?: boolean;
}

/** One form for every contact: way, people, text, photos, voice, files, place, and the next date. */
export function FollowUp({ activity, alone = false, ...wish }: Props) {
  const { t } = useTranslation();
  const { draft, put, errors, held, ready, busy, save } = useFollowUp(activity, wish);
  const [focused, setFocused] = useState(alone || draft.content !== '');
  const open = focused || held.files.length > 0;
  const submit = async () => {
    if (await save()) setFocused(alone);
  };
  return (
    <form
      className={`follow-up ${alone ? 'plain' : ''}`}
      aria-label={t('follow.title')}
      onSubmit={submits(submit)}
      onFocus={() => setFocused(true)}
      onKeyDown={(event) => {
        keepEnter(event);
        if ((event.ctrlKey || event.metaKey) && (event.key === 's' || event.key === 'Enter')) {
          event.preventDefault();
          void submit();
        }
      }}
    >
      {alone && (
        <label className="follow-whom">
          <span>{t('follow.customer')}</span>
          <ReferencePicker
            to="customer"
            label={t('follow.customer')}
            value={draft.customer ? [draft.customer] : []}
            autoFocus={!draft.customer}
            onChange={([customer]) => put({ customer: customer ?? null, contacts: [] })}
          />
          {errors.customer && <p className="field-error">{errors.customer}</p>}
        </label>
      )}
      <div className="follow-kinds" role="radiogroup" aria-label={t('follow.kind')}>
        {(fieldOf(activity, 'kind')?.options ?? []).map((kind) => (
          <label key={kind.value}>
            <input
              type="radio"
              name={`kind-${wish.form}`}
              checked={draft.kind === kind.value}
              onChange={() => put({ kind: kind.value })}
            />
            <span>{kind.label}</span>
          </label>
        ))}
      </div>
      <Input.TextArea
        aria-label={t('follow.content')}
        placeholder={t('follow.placeholder')}
        autoSize={{ minRows: open ? 3 : 1, maxRows: 12 }}
        maxLength={20_000}
        autoFocus={alone && draft.customer !== null}
        value={draft.content}
        onChange={(event) => put({ content: event.target.value })}
      />
      {errors.content && <p className="field-error">{errors.content}</p>}
      {open && (
        <>
          <FollowMore draft={draft} errors={errors} put={put} />
          <HeldNames held={held} />
          <HeldBar held={held}>
            <Button type="primary" htmlType="submit" disabled={!ready} loading={busy}>
              {t('follow.save')}
            </Button>
          </HeldBar>
        </>
      )}
    </form>
  );
}

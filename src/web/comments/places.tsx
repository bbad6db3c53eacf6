import { BellFilled, BellOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post, put } from '../api/client.ts';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { toastError } from '../shell/toasts.tsx';
import type { SlotProps } from '../slots.ts';
import { type Comment, refreshComments, type Subject, useComments } from './api.ts';
import { CommentBox } from './CommentBox.tsx';
import { Thread } from './Thread.tsx';

const subjectOf = (entity: MetaEntity, record: WireRecord): Subject => ({
  plural: entity.plural,
  id: record.id,
});

const sender =
  ({ plural, id }: Subject) =>
  async (text: string, mentions: string[]) => {
    await post(`/${plural}/${id}/comments`, { text, mentions });
    await refreshComments();
  };

/** Above the timeline: say something about the record. */
export function NewComment({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const subject = subjectOf(entity, record);
  return <CommentBox subject={subject} label={t('comments.write')} send={sender(subject)} />;
}

/** Of a record without a timeline: all that was said about it. */
export function CommentsTab({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const subject = subjectOf(entity, record);
  const { data } = useComments(subject);
  return (
    <>
      <CommentBox subject={subject} label={t('comments.write')} send={sender(subject)} />
      {data?.items.length === 0 && <p className="quiet pad-text">{t('comments.none')}</p>}
      <Threads subject={subject} comments={data?.items ?? []} />
    </>
  );
}

function Threads({ subject, comments }: { subject: Subject; comments: Comment[] }) {
  const threads = Map.groupBy(comments, (comment) => comment.replyTo ?? comment.id);
  return [...threads].map(([id, thread]) => <Thread key={id} subject={subject} thread={thread} />);
}

interface EntryProps extends SlotProps {
  /** How many there are; they are fetched only where there are some. */
  count: number;
}

/** Beneath an entry of the timeline: what was said about it, and the place to say something. */
export function EntryComments({ entity, record, count }: EntryProps) {
  const { t } = useTranslation();
  const [writing, setWriting] = useState(false);
  const subject = subjectOf(entity, record);
  const { data } = useComments(subject, count > 0);
  return (
    <>
      <Threads subject={subject} comments={count > 0 ? (data?.items ?? []) : []} />
      {writing ? (
        <CommentBox
          subject={subject}
          label={t('comments.write')}
          autoFocus
          send={sender(subject)}
          onDone={() => setWriting(false)}
        />
      ) : count > 0 ? null : (
        <button type="button" className="link entry-comment" onClick={() => setWriting(true)}>
          {t('comments.comment')}
        </button>
      )}
    </>
  );
}

/** In the head of the file: whether one is told of what happens with this record. */
export function FollowButton({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const subject = subjectOf(entity, record);
  const { data } = useComments(subject);
  if (!data) return null;
  const { following } = data;
  const toggle = async () => {
    await put(`/${subject.plural}/${subject.id}/following`, { following: !following }).catch(toastError);
    await refreshComments();
  };
  return (
    <button
      type="button"
      className={`tag follow ${following ? 'dai' : ''}`}
      aria-pressed={following}
      title={t(following ? 'follow.stopHint' : 'follow.startHint')}
      onClick={() => void toggle()}
    >
      {following ? <BellFilled /> : <BellOutlined />} {t(following ? 'follow.on' : 'follow.off')}
    </button>
  );
}

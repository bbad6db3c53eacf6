import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { patch, post, remove } from '../api/client.ts';
import { instantText, shortInstant } from '../fields/format.ts';
import { ask } from '../shell/ask.tsx';
import { toastError } from '../shell/toasts.tsx';
import '../styles/comments.css';
import { type Comment, refreshComments, type Subject } from './api.ts';
import { CommentBox } from './CommentBox.tsx';
import { markedParts } from './mention.ts';

/** A comment with the answers to it, and the place for the next. */
export function Thread({ subject, thread }: { subject: Subject; thread: Comment[] }) {
  const { t } = useTranslation();
  const [answering, setAnswering] = useState(false);
  const [first, ...answers] = thread;
  if (!first) return null;
  const send = async (text: string, mentions: string[]) => {
    await post(`/${subject.plural}/${subject.id}/comments`, { text, mentions, replyTo: first.id });
    await refreshComments();
  };
  return (
    <div className="thread">
      <OneComment subject={subject} comment={first} answer={() => setAnswering(true)} />
      {answers.length > 0 && (
        <div className="answers">
          {answers.map((comment) => (
            <OneComment key={comment.id} subject={subject} comment={comment} />
          ))}
        </div>
      )}
      {answering && (
        <CommentBox
          subject={subject}
          label={t('comments.answer')}
          autoFocus
          send={send}
          onDone={() => setAnswering(false)}
        />
      )}
    </div>
  );
}

interface OneProps {
  subject: Subject;
  comment: Comment;
  answer?: () => void;
}

function OneComment({ subject, comment, answer }: OneProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const { id, author, text, mentions, createdAt, editedAt, deleted, mine } = comment;
  const drop = async () => {
    const action = t('comments.takeBack');
    if (
      !(await ask({
        title: t('comments.takeBackTitle'),
        body: t('comments.takeBackText'),
        action,
        danger: true,
      }))
    )
      return;
    await remove(`/comments/${id}`).catch(toastError);
    await refreshComments();
  };
  if (editing)
    return (
      <CommentBox
        subject={subject}
        label={t('comments.edit')}
        start={text}
        mentions={mentions}
        autoFocus
        send={async (changed, named) => {
          await patch(`/comments/${id}`, { text: changed, mentions: named });
          await refreshComments();
        }}
        onDone={() => setEditing(false)}
      />
    );
  return (
    <div className="comment">
      <div className="comment-head">
        <b>{author.title}</b>
        <time dateTime={createdAt} title={instantText(createdAt)}>
          {shortInstant(createdAt)}
        </time>
        {editedAt && <small className="quiet">{t('comments.edited')}</small>}
      </div>
      {deleted ? (
        <p className="quiet">{t('comments.gone')}</p>
      ) : (
        <p className="comment-text">
          {markedParts(
            text,
            mentions.map(({ title }) => title ?? ''),
          ).map((part, index) =>
            part.mention ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other name
              <mark key={index}>{part.text}</mark>
            ) : (
              part.text
            ),
          )}
        </p>
      )}
      <div className="comment-do">
        {answer && (
          <button type="button" className="link" onClick={answer}>
            {t('comments.answer')}
          </button>
        )}
        {mine && (
          <>
            <button type="button" className="link" onClick={() => setEditing(true)}>
              {t('edit')}
            </button>
            <button type="button" className="link" onClick={() => void drop()}>
              {t('comments.takeBack')}
            </button>
          </>
        )}
      </div>
    </div>
  );
}

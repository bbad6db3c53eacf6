import { useQuery } from '@tanstack/react-query';
import { Button, type GetRef, Input } from 'antd';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, get, post } from '../api/client.ts';
import type { Link } from '../api/types.ts';
import { say } from '../i18n/index.ts';
import { ask } from '../shell/ask.tsx';
import { useDebounced } from '../shell/hooks.ts';
import { toastError } from '../shell/toasts.tsx';
import '../styles/comments.css';
import type { Subject } from './api.ts';
import { mentionAt } from './mention.ts';

interface Person extends Link {
  title: string;
  subtitle: string;
  sees: boolean;
}

interface Props {
  subject: Subject;
  label: string;
  start?: string;
  mentions?: Link[];
  autoFocus?: boolean;
  /** Sends it; throws what the server refuses. */
  send: (text: string, mentions: string[]) => Promise<unknown>;
  onDone?: () => void;
}

/** Where a comment is written; `@` finds a colleague by name or pinyin. */
export function CommentBox({ subject, label, start = '', mentions = [], autoFocus, send, onDone }: Props) {
  const { t } = useTranslation();
  const box = useRef<GetRef<typeof Input.TextArea>>(null);
  const list = useId();
  const [text, setText] = useState(start);
  const [picked, setPicked] = useState<Link[]>(mentions);
  const [typing, setTyping] = useState<{ from: number; q: string } | null>(null);
  const [at, setAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const q = useDebounced(typing?.q ?? '', 120);
  const { data } = useQuery({
    queryKey: ['mentionable', subject.id, q],
    queryFn: () => get<{ items: Person[] }>(`/${subject.plural}/${subject.id}/mentionable`, { q }),
    enabled: typing !== null,
    placeholderData: (old) => old,
  });
  const people = typing ? (data?.items ?? []) : [];

  const look = () => {
    const area = box.current?.resizableTextArea?.textArea;
    setTyping(area ? mentionAt(area.value, area.selectionStart) : null);
    setAt(0);
  };
  const pick = (person: Person | undefined) => {
    if (!person || !typing) return;
    const after = text.slice(typing.from + 1 + typing.q.length).replace(/^ /, '');
    setText(`${text.slice(0, typing.from)}@${person.title} ${after}`);
    setPicked([...picked, person]);
    setTyping(null);
    box.current?.focus({ cursor: 'end' });
  };
  const submit = async () => {
    if (!text.trim() || busy) return;
    setBusy(true);
    const named = picked.filter(({ title }) => text.includes(`@${title}`)).map(({ id }) => id);
    try {
      const done = await sharing(subject, () => send(text.trim(), [...new Set(named)]));
      if (!done) return;
      setText('');
      setPicked([]);
      onDone?.();
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (people.length > 0 && step !== 0) {
      event.preventDefault();
      setAt((at + step + people.length) % people.length);
    } else if (people.length > 0 && event.key === 'Enter') {
      event.preventDefault();
      pick(people[at]);
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
    else if (event.key === 'Escape' && typing) {
      event.stopPropagation();
      setTyping(null);
    }
  };
  return (
    <div className="comment-box">
      <Input.TextArea
        ref={box}
        aria-label={label}
        {...(people.length > 0 ? { 'aria-controls': list } : {})}
        placeholder={label}
        value={text}
        maxLength={5000}
        autoFocus={autoFocus ?? false}
        autoSize={{ minRows: 1, maxRows: 8 }}
        onChange={(event) => {
          setText(event.target.value);
          look();
        }}
        onKeyDown={keys}
        onBlur={() => setTimeout(() => setTyping(null), 150)}
      />
      {people.length > 0 && (
        <div className="mention-list" role="listbox" id={list} aria-label={t('comments.people')}>
          {people.map((person, index) => (
            <div key={person.id} role="option" aria-selected={index === at}>
              <button
                type="button"
                tabIndex={-1}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => pick(person)}
              >
                <b>{person.title}</b> <small className="quiet">{person.subtitle}</small>
                {!person.sees && <small className="tag teng">{t('comments.blind')}</small>}
              </button>
            </div>
          ))}
        </div>
      )}
      {text.trim() !== '' && (
        <div className="comment-buttons">
          <Button type="primary" size="small" loading={busy} onClick={() => void submit()}>
            {t('comments.send')}
          </Button>
          {onDone && (
            <Button size="small" onClick={onDone}>
              {t('cancel')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** Sends; where people mentioned cannot see the record, asks whether to share it with them first. */
async function sharing(subject: Subject, send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'mention_out_of_sight') throw error;
    const people = (error.problem as unknown as { people: Link[] }).people;
    const names = people.map(({ title }) => title).join('、');
    const yes = await ask({
      title: say('comments.shareTitle', { names }),
      body: say('comments.shareText'),
      action: say('comments.shareAndSend'),
    });
    if (!yes) return false;
    for (const { id } of people)
      await post(`/${subject.plural}/${subject.id}/share`, { user: id, access: 'read' });
    await send();
    return true;
  }
}

import { SearchOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { messageOf } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { useDebounced } from '../shell/hooks.ts';
import { EntityIcon } from '../shell/icons.tsx';
import '../styles/find.css';
import { HitLine } from './HitLine.tsx';
import { closePalette } from './open.ts';
import { type Hit, recentRecords, useSearch } from './search.ts';

interface Line {
  entity: string;
  hit: Hit;
}

/** Find from anywhere: results by kind while typing, arrows to move, Enter to open. */
export function Palette() {
  const { t } = useTranslation();
  const { me, entity: entityOf } = useMeta();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const q = useDebounced(typed.trim(), 120);
  const { data, error, isFetching } = useSearch(q, 6);
  const list = useRef<HTMLDivElement>(null);
  const before = useRef(document.activeElement as HTMLElement | null);
  const id = useId();
  useEffect(() => () => before.current?.focus?.({ preventScroll: true }), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer starts at its first line
  useEffect(() => setAt(0), [data]);

  const recent = recentRecords(me.id).map((record) => ({
    entity: record.entity,
    hit: { id: record.id, title: record.title, matched: [] },
  }));
  const groups = q
    ? (data?.groups.filter((group) => group.items.length > 0) ?? [])
    : recent.length > 0
      ? [{ entity: '', label: t('find.recent'), items: recent.map((line) => line.hit) }]
      : [];
  const lines: Line[] = q
    ? groups.flatMap((group) => group.items.map((hit) => ({ entity: group.entity, hit })))
    : recent;
  const open = (line: Line | undefined) => {
    const entity = line && entityOf(line.entity);
    if (!entity) return;
    closePalette();
    void navigate({ to: '/r/$plural/$id', params: { plural: entity.plural, id: line.hit.id } });
  };
  const all = () => {
    closePalette();
    void navigate({ to: '/search', search: { q: typed.trim() } });
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') closePalette();
    else if (event.key === 'ArrowDown') setAt(Math.min(at + 1, lines.length));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter') at < lines.length ? open(lines[at]) : typed.trim() && all();
    else return;
    event.preventDefault();
    event.stopPropagation();
    requestAnimationFrame(() =>
      list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }),
    );
  };
  let index = -1;
  return createPortal(
    <div
      className="palette-veil"
      onPointerDown={(event) => event.target === event.currentTarget && closePalette()}
    >
      <div className="palette" role="dialog" aria-modal="true" aria-label={t('find.title')} onKeyDown={keys}>
        <div className="palette-input">
          <SearchOutlined />
          <input
            // biome-ignore lint/a11y/noAutofocus: the dialog is for typing
            autoFocus
            role="combobox"
            aria-label={t('find.title')}
            aria-expanded={lines.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={lines[at] ? `${id}-${at}` : undefined}
            autoComplete="off"
            placeholder={t('find.hint')}
            value={typed}
            maxLength={200}
            onChange={(event) => setTyped(event.target.value)}
          />
          <button type="button" className="link" onClick={closePalette}>
            {t('close')}
          </button>
        </div>
        <div
          className="palette-list"
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label={t('find.results')}
        >
          {groups.map((group) => (
            <div role="group" aria-label={group.label} key={group.entity || 'recent'}>
              <div className="palette-group" aria-hidden>
                {group.label}
              </div>
              {group.items.map((hit) => {
                index += 1;
                const mine = index;
                const line = lines[mine];
                const entity = line && entityOf(line.entity);
                return (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys
                  <div
                    key={hit.id}
                    id={`${id}-${mine}`}
                    role="option"
                    aria-selected={mine === at}
                    className="palette-line"
                    onPointerMove={() => setAt(mine)}
                    onClick={() => open(line)}
                  >
                    {entity && <EntityIcon entity={entity} />}
                    <HitLine hit={hit} />
                  </div>
                );
              })}
            </div>
          ))}
          {q && data && !isFetching && lines.length === 0 && (
            <p className="palette-note">
              {t('find.none', { q })}
              <br />
              <span className="quiet">{t('find.noneHint')}</span>
            </p>
          )}
          {!q && lines.length === 0 && <p className="palette-note quiet">{t('find.start')}</p>}
          {error && <p className="palette-note form-error">{messageOf(error)}</p>}
        </div>
        {q && lines.length > 0 && (
          <button
            type="button"
            className={`palette-all ${at === lines.length ? 'on' : ''}`}
            onPointerMove={() => setAt(lines.length)}
            onClick={all}
          >
            {t('find.all', { q })} <kbd>↵</kbd>
          </button>
        )}
      </div>
    </div>,
    document.body,
  );
}

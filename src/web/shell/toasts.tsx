import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonsOf } from '../api/client.ts';

export interface Toast {
  id: number;
  kind: 'plain' | 'good' | 'bad';
  text: string;
  detail?: string;
  /** A step back or onward, offered while the toast stands. */
  action?: { label: string; run: () => void };
  /** Milliseconds; errors stay until closed. */
  life: number | null;
}

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();
const change = (next: readonly Toast[]) => {
  toasts = next;
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function toast(text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}): number {
  const id = ++last;
  const kind = more.kind ?? 'plain';
  const life = more.life === undefined ? (kind === 'bad' ? 12_000 : more.action ? 10_000 : 4_000) : more.life;
  change([...toasts.slice(-3), { ...more, id, text, kind, life }]);
  return id;
}

const closeToast = (id: number) => change(toasts.filter((item) => item.id !== id));

/** Says what went wrong, in the words the server gave. */
export const toastError = (error: unknown) => toast(reasonsOf(error), { kind: 'bad' });

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts" aria-live="polite" role="status">
      {shown.map((item) => (
        <OneToast key={item.id} item={item} />
      ))}
    </div>
  );
}

function OneToast({ item }: { item: Toast }) {
  const { t } = useTranslation();
  useEffect(() => {
    if (item.life === null) return;
    const timer = setTimeout(() => closeToast(item.id), item.life);
    return () => clearTimeout(timer);
  }, [item]);
  return (
    <div className={`toast ${item.kind}`}>
      <div className="toast-text">
        {item.text}
        {item.detail && <small>{item.detail}</small>}
      </div>
      {item.action && (
        <button
          type="button"
          className="link"
          onClick={() => {
            item.action?.run();
            closeToast(item.id);
          }}
        >
          {item.action.label}
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={t('close')}
        onClick={() => closeToast(item.id)}
      >
        ×
      </button>
      {item.action && item.life && (
        <i className="toast-life" style={{ animationDuration: `${item.life}ms` }} aria-hidden />
      )}
    </div>
  );
}

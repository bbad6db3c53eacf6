import { useRouterState } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';

export function useDebounced<T>(value: T, ms: number): T {
  const [held, setHeld] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setHeld(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return held;
}

function useMatch(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}

/** A phone held upright: cards instead of tables, a dock instead of the side menu. */
export const usePhone = (): boolean => useMatch('(max-width: 719px)');
export const useNarrow = (): boolean => useMatch('(max-width: 1099px)');

const TYPING =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], dialog, [role="dialog"], [role="menu"]';
const PRESSABLE = 'button, a, [role="tab"], [role="option"]';

const within = (target: EventTarget | null, selector: string) =>
  target instanceof Element && target.closest(selector) !== null;

/** Single keys (by lower-case name) act only while nobody is typing and no dialog is open; `mod+…` keys everywhere. */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => void>, active = true): void {
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      const name = `${mod ? 'mod+' : ''}${event.key.toLowerCase()}`;
      const run = keys[name];
      if (!run || event.isComposing) return;
      if (!mod && (within(event.target, TYPING) || event.altKey)) return;
      if (name === 'enter' && within(event.target, PRESSABLE)) return;
      event.preventDefault();
      run(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
}

/** For a menu longer than its place: the page one is on is scrolled into sight. */
export function useCurrentInSight(): RefObject<HTMLElement | null> {
  const menu = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    const current = path && menu.current?.querySelector('[aria-current="page"]');
    if (current) current.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  return menu;
}

/** Enter that confirms a date or a choice must not send the form around it. */
export function keepEnter(event: React.KeyboardEvent): void {
  const picks = within(event.target, '.ant-picker, .ant-select, .ant-cascader');
  if (event.key === 'Enter' && picks && !event.ctrlKey && !event.metaKey) event.preventDefault();
}

import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

/** Layers of other controls that stand above a pop-up without being outside of it. */
const ABOVE =
  '.ant-select-dropdown, .ant-picker-dropdown, .ant-cascader-dropdown, .ant-modal-root, .ant-modal-wrap, .toasts, .pop';

interface Props {
  /** Draws the button; spread `props` on it. */
  trigger: (props: TriggerProps, open: boolean) => ReactNode;
  children: (close: () => void) => ReactNode;
  role?: 'menu' | 'dialog';
  label?: string;
  className?: string;
  align?: 'start' | 'end';
}

interface TriggerProps {
  ref: React.RefObject<HTMLButtonElement | null>;
  onClick: () => void;
  'aria-expanded': boolean;
  'aria-haspopup': 'menu' | 'dialog';
  'aria-controls': string;
}

/** A light pop-up below its button: closes on Escape, outside press, and gives the focus back. */
export function Pop({ trigger, children, role = 'dialog', label, className, align = 'start' }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus({ preventScroll: true });
  };

  useLayoutEffect(() => {
    const box = panel.current;
    const from = button.current?.getBoundingClientRect();
    if (!open || !box || !from) return;
    const place = () => {
      const { offsetWidth: width, offsetHeight: height } = box;
      const left = align === 'end' ? from.right - width : from.left;
      const below = from.bottom + 4;
      const top =
        below + height > innerHeight - 8 ? Math.max(8, Math.min(below, innerHeight - 8 - height)) : below;
      box.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
      box.style.top = `${top}px`;
    };
    place();
    const watch = new ResizeObserver(place);
    watch.observe(box);
    box
      .querySelector<HTMLElement>('[role="menuitem"], input, button, [tabindex="0"]')
      ?.focus({ preventScroll: true });
    return () => watch.disconnect();
  }, [open, align]);

  useEffect(() => {
    if (!open) return;
    const press = (event: PointerEvent) => {
      const target = event.target as Element;
      if (panel.current?.contains(target) || button.current?.contains(target) || target.closest(ABOVE))
        return;
      setOpen(false);
    };
    document.addEventListener('pointerdown', press, true);
    return () => document.removeEventListener('pointerdown', press, true);
  }, [open]);

  const keys = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
    if (role !== 'menu' || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    const items = [...(panel.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length]?.focus();
  };

  return (
    <>
      {trigger(
        {
          ref: button,
          onClick: () => setOpen(!open),
          'aria-expanded': open,
          'aria-haspopup': role,
          'aria-controls': id,
        },
        open,
      )}
      {open &&
        createPortal(
          // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the menu or dialog inside
          // biome-ignore lint/a11y/useAriaPropsSupportedByRole: its role is given in a variable
          <div
            ref={panel}
            id={id}
            role={role}
            aria-label={label}
            className={`pop ${role} ${className ?? ''}`}
            onKeyDown={keys}
          >
            {children(close)}
          </div>,
          document.body,
        )}
    </>
  );
}

export interface MenuItem {
  key: string;
  label: ReactNode;
  danger?: boolean;
  checked?: boolean;
  run: () => void;
}

/** The items of a pop-up menu; null draws a line. */
export function MenuItems({ items, close }: { items: (MenuItem | null | false)[]; close: () => void }) {
  return items.map((item, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name
    if (item === null) return <hr key={`line-${index}`} />;
    if (!item) return null;
    const state = item.checked === undefined ? {} : { 'aria-checked': item.checked };
    return (
      <button
        key={item.key}
        type="button"
        role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
        {...state}
        className={`menu-item ${item.danger ? 'danger' : ''}`}
        onClick={() => {
          close();
          item.run();
        }}
      >
        {item.label}
        {item.checked && <span aria-hidden>✓</span>}
      </button>
    );
  });
}

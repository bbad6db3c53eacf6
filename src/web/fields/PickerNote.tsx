import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * What an open picker without choices says. It stands inside a listbox, which may hold nothing but options: so it is
 * one that cannot be chosen, and bears the name by which the picker calls its active option when there is none. That
 * is how a screen reader comes to read it.
 */
export function PickerNote({ children }: { children: ReactNode }) {
  const name = (note: HTMLElement | null) => {
    const list = note?.closest('[role=listbox]');
    if (note && list) note.id = `${list.id}_-1`;
  };
  return (
    <div ref={name} role="option" aria-disabled aria-selected={false} tabIndex={-1} className="picker-note">
      {children}
    </div>
  );
}

/** What a picker of free text names as its active option while the keyboard stands on none. */
export function NoneActive({ of }: { of: string }) {
  return <span id={`${of}_list_-1`} hidden />;
}

function Nothing() {
  const { t } = useTranslation();
  return <PickerNote>{t('picker.none')}</PickerNote>;
}

/** What Ant Design's selects show when they are empty; its other parts show what they always do. */
export const renderEmpty = (part?: string) => (part === 'Select' ? <Nothing /> : undefined);

import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../web/i18n/index.ts';
import type { CellProps } from '../../../web/lines/rules.ts';
import { type DiscountMode, discountOf, discountText } from './discount.ts';

const STORE = 'guanxi.discount';
const listeners = new Set<() => void>();

/** As this person last wrote discounts; else as his language does. */
export function discountMode(): DiscountMode {
  const stored = localStorage.getItem(STORE);
  if (stored === 'zhe' || stored === 'percent') return stored;
  return currentLanguage() === 'zh' ? 'zhe' : 'percent';
}

function setMode(mode: DiscountMode): void {
  localStorage.setItem(STORE, mode);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** A discount as zhe (tenths to pay) or per cent off, as the person likes. */
export function DiscountCell({ value, onChange, id, label, invalid }: CellProps) {
  const { t } = useTranslation();
  const mode = useSyncExternalStore(subscribe, discountMode);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <span className="discount-cell">
      <input
        id={id}
        className="line-input"
        inputMode="decimal"
        maxLength={10}
        aria-label={label}
        aria-invalid={invalid}
        value={typed ?? discountText(value, mode)}
        onFocus={(event) => event.target.select()}
        onChange={({ target }) => {
          setTyped(target.value);
          onChange(discountOf(target.value, mode));
        }}
        onBlur={() => setTyped(null)}
      />
      <button
        type="button"
        tabIndex={-1}
        className="link"
        title={t('documents.discountMode')}
        onClick={() => setMode(mode === 'zhe' ? 'percent' : 'zhe')}
      >
        {t(`documents.discount.${mode}`)}
      </button>
    </span>
  );
}

import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

const STEP = 200;

/** The first lines of a table that may have thousands, and what shows further ones. */
export function useFirst<T>(lines: readonly T[]): [first: readonly T[], more: ReactNode] {
  const { t } = useTranslation();
  const [shown, setShown] = useState(STEP);
  const left = lines.length - shown;
  if (left <= 0) return [lines, null];
  const more = (
    <button type="button" className="button" onClick={() => setShown(shown + STEP)}>
      {t('grid.more', { count: Math.min(left, STEP), left })}
    </button>
  );
  return [lines.slice(0, shown), more];
}

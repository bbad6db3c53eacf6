import { useTranslation } from 'react-i18next';
import { url } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { SlotProps } from '../../../web/slots.ts';

/** The letter that reminds the customer of what is overdue, in either language. */
export function Letter({ record }: SlotProps) {
  const { t } = useTranslation();
  const sees = !!useMeta().entity('receipt');
  const late = String(record.dueDate ?? '') < Temporal.Now.plainDateISO().toString();
  if (!sees || !record.dueDate || !late || record.status === 'paid') return null;
  return (
    <span className="file-steps">
      {(['zh', 'en'] as const).map((language) => (
        <a
          key={language}
          className="button"
          href={url(`/dunnings/${record.id}/letter`, { language })}
          target="_blank"
          rel="noreferrer"
        >
          {t(`money.letter.${language}`)}
        </a>
      ))}
    </span>
  );
}

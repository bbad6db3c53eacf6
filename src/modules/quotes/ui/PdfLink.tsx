import { useTranslation } from 'react-i18next';
import { shownFields, useMeta } from '../../../web/api/meta.tsx';
import { currentLanguage } from '../../../web/i18n/index.ts';
import type { SlotProps } from '../../../web/slots.ts';

/** A quote on paper right from where it is listed; without prices for who does not see them. */
export function PdfLink({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const line = useMeta().entity('quoteLine');
  const sees = (of: typeof line, name: string) =>
    !!of && shownFields(of).some((field) => field.name === name);
  const prices = sees(entity, 'total') && ['price', 'gross', 'discount'].every((name) => sees(line, name));
  return (
    <a
      className="link"
      href={`/api/v1/quotes/${record.id}/pdf?language=${currentLanguage()}&prices=${prices}`}
      target="_blank"
      rel="noopener"
      aria-label={`${t('quotes.pdf')} ${record.title}`}
    >
      PDF
    </a>
  );
}

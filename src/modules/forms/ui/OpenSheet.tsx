import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SlotProps } from '../../../web/slots.ts';

/** On the file of a form: the way to its sheet. */
export function OpenSheet({ record }: SlotProps) {
  const { t } = useTranslation();
  return (
    <Link className="button primary" to={`/forms/${record.id}` as string}>
      {t('sheets.open')}
    </Link>
  );
}

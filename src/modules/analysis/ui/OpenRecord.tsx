import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SlotProps } from '../../../web/slots.ts';

/** A report's file leads to what it says. */
export function OpenReport({ record }: SlotProps) {
  const { t } = useTranslation();
  return (
    <Link className="button" to={`/analysis/${record.id}` as string}>
      {t('analysis.open')}
    </Link>
  );
}

/** A dashboard's file leads to it. */
export function OpenDashboard({ record }: SlotProps) {
  const { t } = useTranslation();
  return (
    <Link className="button" to={`/dashboards/${record.id}` as string}>
      {t('analysis.open')}
    </Link>
  );
}

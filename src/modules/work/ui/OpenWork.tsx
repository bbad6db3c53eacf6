import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SlotProps } from '../../../web/slots.ts';

const PATHS: Readonly<Record<string, string>> = {
  visit: '/visit',
  meeting: '/meeting',
  callBack: '/call-back',
};

/** From the file of a visit, meeting or call-back to where it is done. */
export function OpenWork({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  return (
    <Link to={`${PATHS[entity.name]}/${record.id}` as string} className="button primary">
      {t(`work.${entity.name}`)}
    </Link>
  );
}

import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Filter } from '../../../web/api/types.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { memberSearch } from './api.ts';
import { Said } from './Said.tsx';
import './segments.css';

/** On a segment's own file: what it says, and the way to its conditions and members. */
export function OpenSegment({ record }: SlotProps) {
  const { t } = useTranslation();
  const members = useMeta().entity(String(record.entity));
  if (!members) return null;
  return (
    <section className="card segment-banner">
      <Said entity={members} definition={record.definition as Filter} />
      <Link to={`/segments/${record.id}` as string}>{t('segments.conditions')}</Link>
      <Link to="/r/$plural" params={{ plural: members.plural }} search={memberSearch(record.id)}>
        {t('segments.open')}
      </Link>
    </section>
  );
}

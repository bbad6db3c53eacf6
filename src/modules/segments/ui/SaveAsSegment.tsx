import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import type { FilterSlotProps } from '../../../web/slots.ts';

/** Makes a segment of what a list shows. */
export function SaveAsSegment({ entity, filter }: FilterSlotProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayCreate = may(useMeta().entity('segment'), 'create');
  if (!filter || !mayCreate) return null;
  const open = () =>
    navigate({
      to: '/segments/new' as string,
      search: { ...(entity.name === 'contact' ? { entity: entity.name } : {}), filter } as never,
    });
  return (
    <button type="button" className="link" onClick={() => void open()}>
      {t('segments.saveAs')}
    </button>
  );
}

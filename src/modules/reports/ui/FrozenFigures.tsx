import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get, url } from '../../../web/api/client.ts';
import { may } from '../../../web/api/meta.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import type { CountedFigure } from './api.ts';
import { Figures } from './Figures.tsx';
import './reports.css';

/** On a report's own file: its figures as they were handed in. */
export function FrozenFigures({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['work-report-figures', record.id, record.status],
    queryFn: () => get<{ items: CountedFigure[] }>(`/work-reports/${record.id}/figures`),
  });
  if (!data?.items.length) return null;
  return (
    <section className="card">
      <header>
        <span className="fill" />
        {may(entity, 'export') && (
          <a className="button" href={url(`/work-reports/${record.id}/pdf`)} target="_blank" rel="noreferrer">
            {t('reports.print')}
          </a>
        )}
      </header>
      <Figures figures={data.items} />
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { get } from '../../../web/api/client.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { CountedFigure } from './api.ts';
import { Figures } from './Figures.tsx';
import './reports.css';

/** On a report's own file: its figures as they were handed in. */
export function FrozenFigures({ record }: SlotProps) {
  const { data } = useQuery({
    queryKey: ['work-report-figures', record.id, record.status],
    queryFn: () => get<{ items: CountedFigure[] }>(`/work-reports/${record.id}/figures`),
  });
  if (!data?.items.length) return null;
  return (
    <section className="card">
      <Figures figures={data.items} />
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import type { RebateProgress as Progress } from '../rebate/read/progress.ts';
import { RebateProgress } from './RebateProgress.tsx';
import { SetOff } from './SetOff.tsx';
import './commission.css';

/** A customer's rebates: how far the next tier is, and what credit there is to set off. */
export function RebateCard({ record }: SlotProps) {
  const { t } = useTranslation();
  const entity = useMeta().entity('rebateAgreement');
  const { data } = useQuery({
    queryKey: ['short', 'rebate-agreements', 'progress', record.id],
    enabled: !!entity,
    retry: false,
    queryFn: () => get<{ items: Progress[] }>('/rebates', { customer: record.id }),
  });
  if (!entity || !data || data.items.length === 0) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('rebates.title')}</h2>
      </header>
      <div className="card-body rebate-card">
        {data.items.map((progress) => (
          <div key={progress.id}>
            <Link
              className="link"
              to="/r/$plural/$id"
              params={{ plural: 'rebate-agreements', id: progress.id }}
            >
              {progress.name}
            </Link>
            <RebateProgress progress={progress} />
            <SetOff progress={progress} />
          </div>
        ))}
      </div>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import type { BrokenPlan } from '../call-back/broken.ts';

/** A call-back plan by which nothing is made says so, and what to do, wherever it is seen. */
export function BrokenNote({ record }: { record: WireRecord }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['short', 'call-back-plans', 'broken'],
    queryFn: () => get<{ items: BrokenPlan[] }>('/call-back-plans/broken'),
    enabled: record.active === true,
  });
  const broken = record.active === true && data?.items.find(({ plan }) => plan === record.id);
  if (!broken) return null;
  return (
    <span className="tag zhu wrap" role="status">
      {t(`plans.broken.${broken.reason}`)}
    </span>
  );
}

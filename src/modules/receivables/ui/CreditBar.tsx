import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { get, post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { instantText } from '../../../web/fields/format.ts';
import { Steps } from '../../../web/file/Steps.tsx';
import type { Step } from '../../../web/file/steps.ts';
import { toast } from '../../../web/shell/toasts.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import type { CreditStanding } from '../credit/standing.shared.ts';
import { questionsOf } from './steps.ts';
import './money.css';

/** A draft over the credit of its customer: why, who asked to let it pass or did, and the step that is the reader's. */
export function CreditBar({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const commands = useMeta().entity(entity.name)?.commands ?? [];
  const { data } = useQuery({
    queryKey: ['record', 'orders', record.id, 'credit', record.version],
    queryFn: ({ signal }) =>
      get<{ credit: CreditStanding | null }>(`/orders/${record.id}/credit`, undefined, signal),
    enabled: record.status === 'draft',
    staleTime: 0,
  });
  const credit = record.status === 'draft' ? data?.credit : null;
  if (!credit) return null;
  const { passes, asked, released, mayAsk, mayRelease } = credit;
  const step = (name: 'askCredit' | 'releaseCredit'): Step => ({
    key: name,
    label: commands.find((command) => command.name === name)?.label ?? name,
    primary: true,
    asks: questionsOf('reason', t),
    take: async (answers) => {
      await post(`/orders/${record.id}/${name}`, answers);
      refreshEntity('orders');
      await queryClient.invalidateQueries({ queryKey: ['record', 'orders', record.id] });
      toast(t(`money.credit.did.${name}`), { kind: 'good' });
    },
  });
  const amount = released?.amount ? formatMoney(released.amount) : '';
  const said = (each: { by: string | null; at: string; reason: string }) => ({
    by: each.by ?? '—',
    at: instantText(each.at),
    reason: each.reason,
  });
  return (
    <section className="money-credit" aria-label={t('money.credit.state')}>
      <span className="money-credit-says">
        {!passes && <span>{credit.message}</span>}
        {released && passes && (
          <span>
            {t(amount ? 'money.credit.passes' : 'money.credit.passesOf', { ...said(released), amount })}
          </span>
        )}
        {released && !passes && amount && <span>{t('money.credit.grown', { amount })}</span>}
        {asked && <span className="muted">{t('money.credit.asked', said(asked))}</span>}
      </span>
      {!passes && mayRelease && <Steps steps={[step('releaseCredit')]} />}
      {!passes && mayAsk && <Steps steps={[step('askCredit')]} />}
    </section>
  );
}

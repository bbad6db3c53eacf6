import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { moneyText } from '../../../web/fields/format.ts';
import { Steps } from '../../../web/file/Steps.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import type { RebateProgress } from '../rebate/read/progress.ts';

const MOVED = ['rebate-agreements', 'receipts', 'orders', 'contracts', 'invoices'];

/** Set off with one click: the credit there is pays what the customer owes, what is due first first. */
export function SetOff({ progress }: { progress: Pick<RebateProgress, 'id' | 'credit' | 'currency'> }) {
  const { t } = useTranslation();
  const commands = useMeta().entity('rebateAgreement')?.commands ?? [];
  const { id, credit, currency } = progress;
  if (Number(credit) <= 0) return null;
  const command = commands.find(({ name }) => name === 'rebate-set-off');
  const step = {
    key: 'rebate-set-off',
    label: t('rebates.setOff'),
    take: async () => {
      const { postings } = await post<{ postings: string[] }>(`/rebate-agreements/${id}/rebate-set-off`, {});
      for (const plural of MOVED) refreshEntity(plural);
      toast(t('rebates.done', { count: postings.length }), { kind: 'good' });
    },
  };
  return (
    <p className="commission-row-head">
      <span className="tag song">
        {t('rebates.credit', { amount: moneyText({ amount: credit, currency }) })}
      </span>
      {command && <Steps steps={[step]} />}
    </p>
  );
}

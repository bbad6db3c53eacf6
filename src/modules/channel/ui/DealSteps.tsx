import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { Row } from './Row.tsx';
import './channel.css';

const STEPS: Readonly<Record<string, readonly string[]>> = {
  submitted: ['approveDeal', 'refuseDeal', 'withdrawDeal'],
  approved: ['extendDeal', 'withdrawDeal'],
  expired: ['extendDeal'],
};

/** Decides on a registered deal; a partner's own people can take it back. */
export function DealSteps({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { me } = useMeta();
  const { busy, run } = useSaving();
  const [asked, setAsked] = useState<string | null>(null);
  const [answer, setAnswer] = useState('');
  const known = new Map(entity.commands.map(({ name, label }) => [name, label]));
  const steps = (STEPS[String(record.status)] ?? []).filter(
    (name) => known.has(name) && record.can.update && (me.outside || name !== 'withdrawDeal'),
  );
  const send = async (name: string, body: object) => {
    await post(`/deal-registrations/${record.id}/${name}`, body);
    for (const plural of [entity.plural, 'customers', 'opportunities']) refreshEntity(plural);
    setAsked(null);
    setAnswer('');
    toast(t(`channel.did.${name}`), { kind: 'good' });
  };
  const asks = asked === 'refuseDeal' ? 'reason' : 'days';
  const body = asks === 'reason' ? { reason: answer.trim() } : { days: Number(answer) };
  return (
    <>
      {steps.map((name, at) => (
        <button
          key={name}
          type="button"
          className={at === 0 ? 'button primary' : 'button'}
          disabled={busy}
          onClick={() =>
            ['refuseDeal', 'extendDeal'].includes(name) ? setAsked(name) : void run(() => send(name, {}))
          }
        >
          {known.get(name)}
        </button>
      ))}
      {asked && (
        <FormDialog
          title={known.get(asked) ?? ''}
          width={420}
          ok={known.get(asked) ?? ''}
          ready={asks === 'reason' ? answer.trim() !== '' : Number(answer) >= 1}
          save={() => send(asked, body)}
          onClose={() => setAsked(null)}
        >
          <Row label={t(`channel.${asks === 'reason' ? 'reason' : 'moreDays'}`)}>
            <Input
              autoFocus
              aria-label={t(`channel.${asks === 'reason' ? 'reason' : 'moreDays'}`)}
              inputMode={asks === 'reason' ? 'text' : 'numeric'}
              value={answer}
              onChange={({ target }) => setAnswer(target.value)}
            />
          </Row>
        </FormDialog>
      )}
    </>
  );
}

interface Conflicts {
  customers: { id: string; title: string; visible: boolean; owner: { title: string | null } | null }[];
  deals: { id: string; name: string; partner: string | null; status: string; until: string | null }[];
  hidden: number;
}

/** Who else may be meant: shown to the house before it decides. */
export function DealConflicts({ record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['deal-conflicts', record.id],
    enabled: record.status === 'submitted',
    queryFn: () => get<Conflicts>(`/deal-registrations/${record.id}/conflicts`),
  });
  if (!data || record.status !== 'submitted') return null;
  const none = data.customers.length + data.deals.length + data.hidden === 0;
  return (
    <section className="card">
      <header>
        <h2>{t('channel.conflicts')}</h2>
      </header>
      <div className="card-body">
        {none && <p className="quiet">{t('channel.noConflict')}</p>}
        <ul className="channel-people">
          {data.customers.map((hit) => (
            <li key={hit.id}>
              <span>
                {hit.visible ? (
                  <a className="link" href={`/r/customers/${hit.id}`}>
                    {hit.title}
                  </a>
                ) : (
                  hit.title
                )}
                <small className="quiet">{t('channel.customerOf', { owner: hit.owner?.title ?? '—' })}</small>
              </span>
            </li>
          ))}
          {data.deals.map((deal) => (
            <li key={deal.id}>
              <span>
                <a className="link" href={`/r/deal-registrations/${deal.id}`}>
                  {deal.name}
                </a>
                {deal.partner && (
                  <small className="quiet">{t('channel.dealOf', { partner: deal.partner })}</small>
                )}
              </span>
            </li>
          ))}
        </ul>
        {data.hidden > 0 && <p className="quiet">{t('channel.hiddenDeals', { count: data.hidden })}</p>}
      </div>
    </section>
  );
}

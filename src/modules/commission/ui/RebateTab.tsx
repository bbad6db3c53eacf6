import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, patch } from '../../../web/api/client.ts';
import { may } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { Tier } from '../plan/definition.shared.ts';
import type { RebateProgress as Progress, RebatePeriod } from '../rebate/read/progress.ts';
import type { RebateRow } from '../rebate/read/rows.ts';
import { listedRebate } from './listed.ts';
import { RebateProgress, type Terms, useRebateWords } from './RebateProgress.tsx';
import { RowList } from './RowList.tsx';
import { SetOff } from './SetOff.tsx';
import { Tiers } from './Tiers.tsx';
import './commission.css';

interface Told {
  progress: Progress | null;
  periods: RebatePeriod[];
  moves: RebateRow[];
  most: number;
}

/** An agreement: its tiers, how far it has come, its periods, and every movement with how it came. */
export function RebateTab({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ['short', 'rebate-agreements', 'told', record.id, record.version],
    queryFn: ({ signal }) => get<Told>(`/rebate-agreements/${record.id}/progress`, {}, signal),
    placeholderData: (old) => old,
  });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const { progress, periods, moves, most } = data;
  return (
    <div className="commission-rules">
      {progress && (
        <section>
          <RebateProgress progress={progress} />
          <SetOff progress={progress} />
        </section>
      )}
      <TierForm entity={entity} record={record} />
      {progress && <Periods progress={progress} periods={periods} />}
      {progress && (
        <section>
          <div className="commission-row-head">
            <h2>{t('commission.rows')}</h2>
            <span className="fill" />
            {may(entity, 'export') && moves.length > 0 && (
              <a className="button" href={`/api/v1/rebate-agreements/${record.id}/sheet`} download>
                {t('commission.xlsx')}
              </a>
            )}
          </div>
          {moves.length === 0 && <p className="quiet">{t('rebates.noMoves')}</p>}
          <RowList rows={moves.map(listedRebate(t))} />
          {moves.length === most && <p className="quiet">{t('rebates.newest', { count: most })}</p>}
        </section>
      )}
    </div>
  );
}

/** The tiers, to be changed until the agreement is in force. */
function TierForm({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const saved = record.tiers as Tier[];
  const [tiers, setTiers] = useState(saved);
  const { busy, run } = useSaving();
  const locked = record.status !== 'draft' || !record.can.update;
  const save = () =>
    run(async () => {
      await patch(`/${entity.plural}/${record.id}`, { tiers }, record.version);
      refreshEntity(entity.plural);
      toast(t('commission.rulesSaved'), { kind: 'good' });
    }, toastError);
  if (locked) return <TierList tiers={saved} terms={record as unknown as Terms} />;
  return (
    <fieldset>
      <legend className="sr">{t('rebates.tiers')}</legend>
      <Tiers
        tiers={tiers}
        locked={false}
        unit={record.measure === 'quantity' ? t('rebates.perPiece') : '%'}
        onChange={setTiers}
      />
      <Button
        type="primary"
        loading={busy}
        disabled={JSON.stringify(tiers) === JSON.stringify(saved)}
        onClick={() => void save()}
      >
        {t('save')}
      </Button>
    </fieldset>
  );
}

/** The tiers as they hold. */
function TierList({ tiers, terms }: { tiers: readonly Tier[]; terms: Terms }) {
  const { t } = useTranslation();
  const { sum, rate } = useRebateWords(terms);
  return (
    <p className="rebate-tiers">
      <span className="quiet">{t('rebates.tiers')}</span>
      {tiers.map((tier) => (
        <span key={tier.from} className="tag">
          {t('rebates.tier', { from: sum(tier.from), rate: rate(tier.rate) })}
        </span>
      ))}
    </p>
  );
}

const SUMS = ['amount', 'open', 'inBatch', 'paid'] as const;

function Periods({ progress, periods }: { progress: Progress; periods: readonly RebatePeriod[] }) {
  const { t } = useTranslation();
  const { money, sum } = useRebateWords(progress);
  if (periods.length === 0) return null;
  const label = {
    amount: 'rebates.amount',
    open: 'commission.status.open',
    inBatch: 'commission.status.inBatch',
    paid: 'rebates.paid',
  };
  const labelOf = (name: (typeof SUMS)[number]) => t(label[name]);
  return (
    <section className="commission-table stacks">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('rebates.period')}</th>
            <th scope="col">{t('rebates.base')}</th>
            {SUMS.map((name) => (
              <th key={name} scope="col">
                {labelOf(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {periods.map((period) => (
            <tr key={period.from}>
              <th scope="row">
                {period.from} – {period.to}
              </th>
              <td data-label={t('rebates.base')}>{sum(period.base)}</td>
              {SUMS.map((name) => (
                <td
                  key={name}
                  data-label={labelOf(name)}
                  className={period[name].startsWith('-') ? 'late' : ''}
                >
                  {Number(period[name]) === 0 ? '–' : money(period[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

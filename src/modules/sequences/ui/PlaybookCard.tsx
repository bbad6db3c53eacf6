import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { valueText } from '../../../web/fields/format.ts';
import { toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { OfferedStep } from '../sequence/figures.shared.ts';
import { enrol, usePlaybook } from './api.ts';
import { CopyText } from './CopyText.tsx';
import './sequences.css';

/** What is worth doing in this stage, with the words for it; one press makes it work. */
export function PlaybookCard({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const run = useMeta().entity('sequenceRun');
  const { data } = usePlaybook(record.id, record.version);
  const { busy, run: saving } = useSaving();
  if (!data || record.status !== 'open' || (!data.text && data.offers.length === 0)) return null;
  const begins = run && may(run, 'create') && record.can.update;
  return (
    <section className="card">
      <header>
        <h2>{t('sequences.playbook', { stage: data.stage })}</h2>
      </header>
      <div className="card-body playbook">
        {data.text && <p className="playbook-text">{data.text}</p>}
        {data.offers.map((offer) => (
          <section key={offer.id} aria-label={offer.name}>
            <header>
              <b>{offer.name}</b>
              <span className="fill" />
              {offer.run ? (
                <span className="tag dai">{t('sequences.running')}</span>
              ) : (
                begins && (
                  <button
                    type="button"
                    className="button"
                    disabled={busy}
                    onClick={() =>
                      void saving(() => enrol(entity.plural, { ids: [record.id] }, offer.id), toastError)
                    }
                  >
                    {t('sequences.startIt')}
                  </button>
                )
              )}
            </header>
            <ol>
              {offer.steps.map((step, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the steps stand in their order
                <Step key={at} step={step} />
              ))}
            </ol>
          </section>
        ))}
      </div>
    </section>
  );
}

function Step({ step }: { step: OfferedStep }) {
  const { t } = useTranslation();
  const entity = useMeta().entity('sequenceStep');
  const field = (name: string) => entity?.fields.find((each) => each.name === name);
  const [action, unit] = [field('action'), field('unit')];
  return (
    <li>
      <span className="tag">{action ? valueText(action, step.action) : step.action}</span> {step.subject}{' '}
      <span className="quiet">
        {step.wait === 0
          ? t('sequences.atOnce')
          : t('sequences.after', { count: step.wait, unit: unit ? valueText(unit, step.unit) : step.unit })}
      </span>
      {step.text && <CopyText text={step.text} />}
    </li>
  );
}

import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireRecord } from '../../../web/api/types.ts';
import { instantText } from '../../../web/fields/format.ts';
import { useHeldFiles } from '../../../web/file/held.tsx';
import { keepEnter } from '../../../web/shell/hooks.ts';
import { submits } from '../../../web/shell/useSaving.ts';
import { CheckIn } from './CheckIn.tsx';
import { Since } from './Since.tsx';
import { NO_STEPS, StepsForm, stepsBody } from './StepsForm.tsx';
import { useStep } from './useStep.ts';
import { WorkPage } from './WorkPage.tsx';

/** A visit on the road: check in, write down what was said, go on. */
export function VisitPage() {
  return <WorkPage entity="visit">{(visit) => <Visit key={visit.id} visit={visit} />}</WorkPage>;
}

function Visit({ visit }: { visit: WireRecord }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, step } = useStep('visits', visit.id);
  const [steps, setSteps] = useState({
    ...NO_STEPS,
    minutes: (visit.minutes as string | null) ?? '',
    reactions: (visit.reactions as string | null) ?? '',
  });
  const held = useHeldFiles();
  const finish = async () => {
    if (!(await held.send({ visit: visit.id }))) return;
    if (await step('finish', stepsBody(steps), 'visit.finished')) void navigate({ to: '/today' as string });
  };
  if (visit.status === 'done' || visit.status === 'cancelled')
    return (
      <section className="card pad">
        <p>{t(`visit.${visit.status}`)}</p>
        <Button loading={busy} onClick={() => void step('reopen', {}, 'visit.reopened')}>
          {t('visit.reopen')}
        </Button>
      </section>
    );
  return (
    <>
      {visit.status === 'planned' && <CheckIn visit={visit} />}
      {visit.status === 'checkedIn' && (
        <section className="card pad">
          <p>
            {t('visit.checkedIn', { at: instantText(visit.checkedInAt as string) })}{' '}
            {visit.distance !== null && (
              <span className={`tag ${Number(visit.distance) > FAR_METRES ? 'zhu' : 'song'}`}>
                {t('visit.distance', { metres: visit.distance })}
              </span>
            )}{' '}
            {visit.located === 'typed' && <span className="tag teng">{t('visit.typed')}</span>}
          </p>
          <form className="work-form" onKeyDown={keepEnter} onSubmit={submits(finish)}>
            <StepsForm
              steps={steps}
              onChange={setSteps}
              withReactions
              minutesLabel={t('steps.minutes')}
              held={held}
            />
            <Button
              type="primary"
              htmlType="submit"
              loading={busy}
              disabled={(!steps.minutes.trim() && held.files.length === 0) || held.recorder.active}
            >
              {t('visit.finish')}
            </Button>
          </form>
        </section>
      )}
      <Since plural="visits" id={visit.id} />
    </>
  );
}

const FAR_METRES = 1000;

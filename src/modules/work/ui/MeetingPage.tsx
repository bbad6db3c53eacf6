import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireRecord } from '../../../web/api/types.ts';
import { useHeldFiles } from '../../../web/file/held.tsx';
import { keepEnter } from '../../../web/shell/hooks.ts';
import { submits } from '../../../web/shell/useSaving.ts';
import { Since } from './Since.tsx';
import { NO_STEPS, StepsForm, stepsBody } from './StepsForm.tsx';
import { useStep } from './useStep.ts';
import { WorkPage } from './WorkPage.tsx';

/** A meeting: what changed since last time, the two questions to learn, and closing it with what follows. */
export function MeetingPage() {
  return <WorkPage entity="meeting">{(meeting) => <Meeting key={meeting.id} meeting={meeting} />}</WorkPage>;
}

const textOf = (value: unknown) => (value as string | null) ?? '';

function Meeting({ meeting }: { meeting: WireRecord }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, step } = useStep('meetings', meeting.id);
  const [steps, setSteps] = useState({ ...NO_STEPS, minutes: textOf(meeting.minutes) });
  const [answers, setAnswers] = useState([textOf(meeting.answer1), textOf(meeting.answer2)]);
  const [noFollowUp, setNoFollowUp] = useState('');
  const body = stepsBody(steps);
  const follows = body.tasks.length > 0 || body.promises.length > 0 || body.nextDate || noFollowUp.trim();
  const held = useHeldFiles();
  const close = async () => {
    if (!(await held.send({ meeting: meeting.id }))) return;
    const said = {
      ...body,
      answer1: answers[0] || null,
      answer2: answers[1] || null,
      noFollowUp: noFollowUp.trim() || null,
    };
    if (await step('close', said, 'meeting.closed')) void navigate({ to: '/today' as string });
  };
  if (meeting.status !== 'planned')
    return (
      <section className="card pad">
        <p>{t(`meeting.${meeting.status}`)}</p>
        <Button loading={busy} onClick={() => void step('reopen', {}, 'meeting.reopened')}>
          {t('meeting.reopen')}
        </Button>
      </section>
    );
  return (
    <>
      <Since plural="meetings" id={meeting.id} />
      <section className="card pad">
        <form className="work-form" onKeyDown={keepEnter} onSubmit={submits(close)}>
          {[1, 2].map((at) => {
            const question = textOf(meeting[`question${at}`]) || t('meeting.noQuestion', { count: at });
            return (
              <label key={at}>
                <span>{question}</span>
                <Input.TextArea
                  aria-label={question}
                  autoSize={{ minRows: 1, maxRows: 6 }}
                  value={answers[at - 1] ?? ''}
                  onChange={(event) =>
                    setAnswers(answers.map((each, index) => (index === at - 1 ? event.target.value : each)))
                  }
                />
              </label>
            );
          })}
          <StepsForm
            steps={steps}
            onChange={setSteps}
            withReactions={false}
            minutesLabel={t('steps.minutes')}
            held={held}
          />
          {!(body.tasks.length || body.promises.length || body.nextDate) && (
            <label>
              <span>{t('meeting.noFollowUp')}</span>
              <Input
                aria-label={t('meeting.noFollowUp')}
                value={noFollowUp}
                maxLength={2000}
                onChange={(event) => setNoFollowUp(event.target.value)}
              />
            </label>
          )}
          <Button type="primary" htmlType="submit" loading={busy} disabled={!follows || held.recorder.active}>
            {t('meeting.close')}
          </Button>
          {!follows && <p className="quiet">{t('meeting.needsFollowUp')}</p>}
        </form>
      </section>
    </>
  );
}

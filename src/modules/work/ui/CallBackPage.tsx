import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecord } from '../../../web/api/records.ts';
import type { Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { useHeldFiles } from '../../../web/file/held.tsx';
import { keepEnter } from '../../../web/shell/hooks.ts';
import { NO_STEPS, StepsForm, stepsBody } from './StepsForm.tsx';
import { useStep } from './useStep.ts';
import { WorkPage } from './WorkPage.tsx';

/** A call-back: the script, its questions, and what came of it. */
export function CallBackPage() {
  return (
    <WorkPage entity="callBack">
      {(call) => {
        const plan = (call.plan as Reference | null)?.id;
        return plan ? <Planned key={call.id} call={call} plan={plan} /> : <Call key={call.id} call={call} />;
      }}
    </WorkPage>
  );
}

/** Without sight of its plan a call-back is made all the same. */
function Planned({ call, plan }: { call: WireRecord; plan: string }) {
  const { data, isPending } = useRecord('call-back-plans', plan);
  if (isPending) return null;
  const questions = String(data?.questions ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return <Call call={call} script={(data?.script as string | null) ?? null} questions={questions} />;
}

function Call(props: { call: WireRecord; script?: string | null; questions?: string[] }) {
  const { t } = useTranslation();
  const { call, script, questions = [] } = props;
  const navigate = useNavigate();
  const { busy, step } = useStep('call-backs', call.id);
  const [steps, setSteps] = useState(NO_STEPS);
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const held = useHeldFiles();
  const go = async (verb: 'answer' | 'skip') => {
    if (verb === 'answer' && !(await held.send({ callBack: call.id }))) return;
    const { reactions: _, ...body } = stepsBody(steps);
    const given = questions.map((question) => ({ question, answer: answers[question] ?? '' }));
    const said = verb === 'answer' ? { ...body, answers: given } : {};
    if (await step(verb, said, `callBack.did.${verb}`)) void navigate({ to: '/today' as string });
  };
  if (call.status !== 'open')
    return (
      <section className="card pad">
        <p>{t(`callBack.${call.status}`)}</p>
        <Button loading={busy} onClick={() => void step('reopen', {}, 'callBack.reopened')}>
          {t('callBack.reopen')}
        </Button>
      </section>
    );
  return (
    <section className="card pad">
      {script && <p className="long-text">{script}</p>}
      <form
        className="work-form"
        onKeyDown={keepEnter}
        onSubmit={(event) => {
          event.preventDefault();
          void go('answer');
        }}
      >
        {questions.map((question) => (
          <label key={question}>
            <span>{question}</span>
            <Input
              aria-label={question}
              maxLength={4000}
              value={answers[question] ?? ''}
              onChange={(event) => setAnswers({ ...answers, [question]: event.target.value })}
            />
          </label>
        ))}
        <StepsForm
          steps={steps}
          onChange={setSteps}
          withReactions={false}
          minutesLabel={t('callBack.said')}
          held={held}
        />
        <span className="work-actions">
          <Button type="primary" htmlType="submit" loading={busy} disabled={held.recorder.active}>
            {t('callBack.answer')}
          </Button>
          <Button onClick={() => void go('skip')}>{t('callBack.skip')}</Button>
        </span>
      </form>
    </section>
  );
}

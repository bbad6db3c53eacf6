import { Button, Input } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { HeldBar, HeldNames, type useHeldFiles } from '../../../web/file/held.tsx';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

export interface Steps {
  minutes: string;
  reactions: string;
  nextStep: string;
  nextDate: string | null;
  tasks: { subject: string; dueDate: string | null }[];
  promises: { what: string; dueDate: string | null }[];
}

export const NO_STEPS: Steps = {
  minutes: '',
  reactions: '',
  nextStep: '',
  nextDate: null,
  tasks: [],
  promises: [],
};

/** As the server takes it; lines left empty are dropped. */
export const stepsBody = ({ minutes, reactions, nextStep, nextDate, tasks, promises }: Steps) => ({
  minutes: minutes.trim() || null,
  reactions: reactions.trim() || null,
  nextStep: nextStep.trim() || null,
  nextDate,
  tasks: tasks.filter(({ subject }) => subject.trim()),
  promises: promises.filter(({ what }) => what.trim()),
});

interface Props {
  steps: Steps;
  onChange: (steps: Steps) => void;
  /** Where what the customer felt is asked too. */
  withReactions: boolean;
  minutesLabel: string;
  /** Photos, voice and files that go with it. */
  held: ReturnType<typeof useHeldFiles>;
}

/** What came of a visit, a meeting or a call: minutes, tasks, promises, and the next date. */
export function StepsForm({ steps, onChange, withReactions, minutesLabel, held }: Props) {
  const { t } = useTranslation();
  const put = (part: Partial<Steps>) => onChange({ ...steps, ...part });
  return (
    <>
      <label>
        <span>{minutesLabel}</span>
        <Input.TextArea
          aria-label={minutesLabel}
          autoSize={{ minRows: 3, maxRows: 14 }}
          maxLength={20_000}
          value={steps.minutes}
          onChange={(event) => put({ minutes: event.target.value })}
        />
      </label>
      <HeldNames held={held} />
      <HeldBar held={held} />
      {withReactions && (
        <label>
          <span>{t('steps.reactions')}</span>
          <Input.TextArea
            aria-label={t('steps.reactions')}
            autoSize={{ minRows: 1, maxRows: 6 }}
            maxLength={20_000}
            value={steps.reactions}
            onChange={(event) => put({ reactions: event.target.value })}
          />
        </label>
      )}
      <Lines
        title={t('steps.promises')}
        add={t('steps.addPromise')}
        lines={steps.promises.map(({ what, dueDate }) => ({ text: what, dueDate }))}
        onChange={(lines) => put({ promises: lines.map(({ text, dueDate }) => ({ what: text, dueDate })) })}
      />
      <Lines
        title={t('steps.tasks')}
        add={t('steps.addTask')}
        lines={steps.tasks.map(({ subject, dueDate }) => ({ text: subject, dueDate }))}
        onChange={(lines) => put({ tasks: lines.map(({ text, dueDate }) => ({ subject: text, dueDate })) })}
      />
      <div className="work-row">
        <label>
          <span>{t('steps.nextStep')}</span>
          <Input
            aria-label={t('steps.nextStep')}
            value={steps.nextStep}
            maxLength={200}
            onChange={(event) => put({ nextStep: event.target.value })}
          />
        </label>
        <label>
          <span>{t('steps.nextDate')}</span>
          <Suspense fallback={<span className="input-wait" />}>
            <DateInput
              label={t('steps.nextDate')}
              withTime={false}
              value={steps.nextDate}
              onChange={(nextDate) => put({ nextDate })}
            />
          </Suspense>
        </label>
      </div>
    </>
  );
}

interface Line {
  text: string;
  dueDate: string | null;
}

function Lines(props: { title: string; add: string; lines: Line[]; onChange: (lines: Line[]) => void }) {
  const { t } = useTranslation();
  const { title, add, lines, onChange } = props;
  const put = (at: number, part: Partial<Line>) =>
    onChange(lines.map((line, index) => (index === at ? { ...line, ...part } : line)));
  return (
    <div className="work-part">
      <h3>{title}</h3>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own
        <div className="work-row" key={at}>
          <Input
            aria-label={title}
            value={line.text}
            maxLength={200}
            onChange={(event) => put(at, { text: event.target.value })}
          />
          <Suspense fallback={<span className="input-wait" />}>
            <DateInput
              label={t('steps.until')}
              withTime={false}
              value={line.dueDate}
              onChange={(dueDate) => put(at, { dueDate })}
            />
          </Suspense>
          <Button
            type="text"
            aria-label={t('steps.remove')}
            onClick={() => onChange(lines.filter((_, index) => index !== at))}
          >
            ×
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => onChange([...lines, { text: '', dueDate: null }])}>
        {add}
      </Button>
    </div>
  );
}

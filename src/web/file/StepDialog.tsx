import { Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link } from '../api/types.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import { FormDialog } from '../shell/FormDialog.tsx';
import { type Answers, answersOf, isAnswered, type QuantityLine, type Question, type Step } from './steps.ts';

const DateInput = lazy(() => import('../fields/DateInput.tsx'));

/** Asks what a step wants to know; a refusal of the server stands at the head and nothing that was written is lost. */
export function StepDialog({ step, onClose }: { step: Step; onClose(): void }) {
  const asks = step.asks ?? [];
  const [given, setGiven] = useState<Answers>(() =>
    Object.fromEntries(asks.map((each) => [each.name, firstOf(each)])),
  );
  const save = async () => {
    await step.take(answersOf(asks, given));
    onClose();
  };
  return (
    <FormDialog
      title={step.label}
      width={asks.some(({ kind }) => kind === 'quantities') ? 560 : 460}
      ok={step.label}
      ready={asks.every((each) => isAnswered(each, given[each.name]))}
      save={save}
      onClose={onClose}
    >
      {asks.map((question, at) => (
        <Asked
          key={question.name}
          question={question}
          answer={given[question.name]}
          focus={at === 0}
          onAnswer={(answer) => setGiven((old) => ({ ...old, [question.name]: answer }))}
        />
      ))}
    </FormDialog>
  );
}

const firstOf = (question: Question): unknown =>
  question.kind === 'quantities' ? question.lines : 'value' in question ? question.value : undefined;

interface AskedProps {
  question: Question;
  answer: unknown;
  focus: boolean;
  onAnswer(answer: unknown): void;
}

function Asked({ question, answer, focus, onAnswer }: AskedProps) {
  if (question.kind === 'quantities')
    return <Quantities question={question} lines={answer as QuantityLine[]} onAnswer={onAnswer} />;
  return (
    <div className="field">
      <span className="field-label">
        {question.label}
        {question.required && <span className="required"> *</span>}
      </span>
      <span className="field-control">
        <Control question={question} answer={answer} focus={focus} onAnswer={onAnswer} />
      </span>
    </div>
  );
}

function Control({ question, answer, focus, onAnswer }: AskedProps) {
  const [link, setLink] = useState<Link[]>([]);
  const { label } = question;
  const text = (answer ?? '') as string;
  if (question.kind === 'date')
    return (
      <Suspense fallback={<span className="input-wait" />}>
        <DateInput
          label={label}
          withTime={false}
          value={(answer as string | null) ?? null}
          onChange={onAnswer}
        />
      </Suspense>
    );
  if (question.kind === 'reference')
    return (
      <ReferencePicker
        label={label}
        to={question.to}
        noCreate
        value={link}
        onChange={(value) => {
          setLink(value.slice(-1));
          onAnswer(value.at(-1)?.id);
        }}
      />
    );
  if (question.kind === 'longText')
    return (
      <Input.TextArea
        aria-label={label}
        autoFocus={focus}
        value={text}
        maxLength={question.max ?? 500}
        autoSize={{ minRows: 2 }}
        onChange={({ target }) => onAnswer(target.value)}
      />
    );
  return (
    <Input
      aria-label={label}
      autoFocus={focus}
      inputMode={question.kind === 'amount' ? 'decimal' : 'text'}
      value={text}
      maxLength={question.kind === 'text' ? (question.max ?? 60) : 30}
      onChange={({ target }) => onAnswer(target.value)}
    />
  );
}

function Quantities(props: {
  question: Extract<Question, { kind: 'quantities' }>;
  lines: QuantityLine[];
  onAnswer(lines: QuantityLine[]): void;
}) {
  const { t } = useTranslation();
  const { question, lines, onAnswer } = props;
  if (lines.length === 0) return <p className="quiet">{question.none}</p>;
  return (
    <div className="step-lines">
      {lines.map((line, at) => (
        <label key={line.id}>
          <span>
            {line.name} <small className="quiet">{t('steps.left', { left: line.left })}</small>
          </span>
          <Input
            aria-label={question.labelOf(line)}
            inputMode="decimal"
            value={line.quantity}
            onChange={({ target }) => onAnswer(lines.with(at, { ...line, quantity: target.value.trim() }))}
          />
        </label>
      ))}
    </div>
  );
}

import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MappedColumn } from './api.ts';
import { questionKey } from './MapStep.tsx';

interface Props {
  column: MappedColumn;
  answers: Record<string, string>;
  onAnswer: (name: string, answer: string) => void;
}

/** What the file leaves open (is 3/5 the third of May or the fifth of March?) is asked, not guessed. */
export function Questions({ column, answers, onAnswer }: Props) {
  const { t, i18n } = useTranslation();
  return column.questions.map((question) => {
    const name = questionKey(column, question.code);
    const own = `import.question.${question.code}`;
    const text = question.message ?? (i18n.exists(own) ? t(own) : question.code);
    return (
      <fieldset className="question" key={question.code}>
        <legend>{text}</legend>
        <Radio.Group value={answers[name] ?? null} onChange={(event) => onAnswer(name, event.target.value)}>
          {question.choices.map((choice) => {
            const value = typeof choice === 'string' ? choice : choice.value;
            const key = `import.choice.${value}`;
            const label = typeof choice === 'string' ? (i18n.exists(key) ? t(key) : choice) : choice.label;
            return (
              <Radio key={value} value={value}>
                {label}
              </Radio>
            );
          })}
        </Radio.Group>
      </fieldset>
    );
  });
}

import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Answers, partOf, type Question } from './api.ts';

interface Props {
  questions: Question[];
  answers: Answers;
  onAnswer: (answers: Answers) => void;
}

/** What the file leaves open (is 3/5 the third of May or the fifth of March?) is asked, not guessed. */
export function Questions({ questions, answers, onAnswer }: Props) {
  const { t } = useTranslation();
  return questions.map((question) => {
    const part = partOf(question);
    if (!part) return null;
    return (
      <fieldset className="question" key={question.code}>
        <legend>{t(`import.question.${question.code}`)}</legend>
        <Radio.Group
          value={answers[part] ?? null}
          onChange={(event) => onAnswer({ ...answers, [part]: event.target.value })}
          options={question.choices}
        />
      </fieldset>
    );
  });
}

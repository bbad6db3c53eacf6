import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, type MappedColumn, type Question, withAnswer } from './api.ts';

interface Props {
  column: MappedColumn;
  questions: Question[];
  onAnswer: (column: MappedColumn) => void;
}

/** What the file leaves open (is 3/5 the third of May or the fifth of March?) is asked, not guessed. */
export function Questions({ column, questions, onAnswer }: Props) {
  const { t } = useTranslation();
  return questions.map((question) => (
    <fieldset className="question" key={question.code}>
      <legend>{question.message ?? t(`import.question.${question.code}`)}</legend>
      <Radio.Group
        value={answerOf(column, question) ?? null}
        onChange={(event) => onAnswer(withAnswer(column, question, event.target.value))}
        options={question.choices}
      />
    </fieldset>
  ));
}

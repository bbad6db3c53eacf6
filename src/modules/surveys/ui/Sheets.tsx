import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { WireRecord } from '../../../web/api/types.ts';
import { shortInstant } from '../../../web/fields/format.ts';
import { FailedPage } from '../../../web/shell/StatusPage.tsx';
import type { Sheet } from '../results/results.shared.ts';
import { useSheets } from './api.ts';

/** What each single one said; of whom it is where that is known. */
export function Sheets({ survey }: { survey: WireRecord }) {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useSheets(survey);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  const sheets = data?.pages.flatMap(({ items }) => items) ?? [];
  if (sheets.length === 0) return null;
  return (
    <section className="survey-sheets">
      <h2>{t('surveys.oneByOne')}</h2>
      {survey.anonymous === true && <p className="quiet">{t('surveys.withoutNames')}</p>}
      <ol>
        {sheets.map((sheet, at) => (
          <li key={sheet.answer ?? at}>
            <details>
              <summary>{nameOf(sheet) ?? t('surveys.sheet', { number: at + 1 })}</summary>
              <dl>
                {sheet.said.map(({ question, text, words }) => (
                  <div key={question}>
                    <dt>{text}</dt>
                    <dd>{words}</dd>
                  </div>
                ))}
              </dl>
              {sheet.answer && (
                <Link to="/r/$plural/$id" params={{ plural: 'survey-answers', id: sheet.answer }}>
                  {t('surveys.openSheet')}
                </Link>
              )}
            </details>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button type="text" block loading={isFetching} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

/** Who said it, and when, as far as one may know. */
const nameOf = ({ contact, customer, at }: Sheet): string | null =>
  [contact?.title, customer?.title, at && shortInstant(at)].filter(Boolean).join(' · ') || null;

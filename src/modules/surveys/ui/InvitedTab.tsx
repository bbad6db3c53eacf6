import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortInstant } from '../../../web/fields/format.ts';
import { FailedPage } from '../../../web/shell/StatusPage.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import type { Invited } from '../results/results.shared.ts';
import { useInvited } from './api.ts';
import './surveys.css';

const PAGE = 50;
const MOST = 200;

/** Who was asked, how, and who has answered. */
export function InvitedTab({ record }: SlotProps) {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(PAGE);
  const { data, error, refetch, isFetching } = useInvited(record.id, limit);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return null;
  if (data.items.length === 0) return <p className="card-body quiet">{t('surveys.nobodyAsked')}</p>;
  return (
    <div className="survey-invited">
      {record.anonymous === true && <p className="quiet">{t('surveys.whoUnknown')}</p>}
      <ul>
        {data.items.map((each) => (
          <Line key={each.id} invited={each} />
        ))}
      </ul>
      {data.next && limit < MOST && (
        <Button type="text" block loading={isFetching} onClick={() => setLimit(MOST)}>
          {t('more')}
        </Button>
      )}
    </div>
  );
}

function Line({
  invited: { customer, contact, mail, leftBecause, mailedAt, answered, answer },
}: {
  invited: Invited;
}) {
  const { t } = useTranslation();
  const to = (plural: string, { id, title }: { id: string; title: string }) => (
    <Link to="/r/$plural/$id" params={{ plural, id }}>
      {title}
    </Link>
  );
  const how =
    mail === 'left'
      ? t(`surveys.left.${leftBecause}`)
      : t(`surveys.mail.${mail}`, { at: mailedAt ? shortInstant(mailedAt) : '' });
  return (
    <li>
      <span className="what">
        {contact && to('contacts', contact)} {customer && to('customers', customer)}
      </span>
      <span className={`tag ${mail === 'left' ? 'teng' : ''}`}>{how}</span>
      {answered &&
        (answer ? (
          <Link className="tag song" to="/r/$plural/$id" params={{ plural: 'survey-answers', id: answer }}>
            {t('surveys.hasAnswered')}
          </Link>
        ) : (
          <span className="tag song">{t('surveys.hasAnswered')}</span>
        ))}
    </li>
  );
}

import { useTranslation } from 'react-i18next';
import type { ApprovalSheet, SheetEvent } from '../../platform/approvals/sheet.shared.ts';
import { instantText } from '../fields/format.ts';

/** What the machine does by itself and the way shows anyway is not told again. */
const SILENT = new Set(['opened']);

/** Who did what, when, with which words. */
export function History({ sheet }: { sheet: ApprovalSheet }) {
  return (
    <ol className="approval-events">
      {sheet.history
        .filter((event) => !SILENT.has(event.action))
        .map((event) => (
          <Event key={event.id} event={event} />
        ))}
    </ol>
  );
}

function Event({ event }: { event: SheetEvent }) {
  const { t } = useTranslation();
  const people = event.people
    .filter((person) => person.id !== event.actor?.id)
    .map((person) => person.title ?? '—')
    .join('、');
  const detail = event.note && t(`approvals.detail.${event.action}.${event.note}`, { defaultValue: '' });
  return (
    <li>
      <div>
        <b>{event.actor?.title ?? t('approvals.system')}</b>{' '}
        {event.standsFor && <span>{t('approvals.standsFor', { name: event.standsFor.title })} </span>}
        {t(`approvals.did.${event.action}`)}
        {detail && ` · ${detail}`}
        {event.step && <span className="quiet"> · {event.step}</span>}
        {people && event.action !== 'approved' && <span> · {people}</span>}
        <time className="quiet">{instantText(event.at)}</time>
      </div>
      {event.comment && <blockquote>{event.comment}</blockquote>}
      {event.edits.length > 0 && (
        <small className="quiet">{t('approvals.edited', { fields: event.edits.join('、') })}</small>
      )}
    </li>
  );
}

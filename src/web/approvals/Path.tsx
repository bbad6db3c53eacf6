import { useTranslation } from 'react-i18next';
import type { ApprovalSheet, SheetStep } from '../../platform/approvals/sheet.shared.ts';

/** The way from beginning to end: who has decided, who is asked, who comes next. */
export function Path({ sheet }: { sheet: ApprovalSheet }) {
  const { t } = useTranslation();
  return (
    <ol className="approval-path">
      <li className="done">
        <b>{t('approvals.begin')}</b>
        <span>{sheet.startedBy?.title ?? '—'}</span>
      </li>
      {sheet.steps.map((step, at) => (
        <Station
          key={step.id}
          step={step}
          sheet={sheet}
          now={sheet.status === 'running' && at === sheet.at}
        />
      ))}
      <li className={sheet.endedAt ? `done ${sheet.status}` : ''}>
        <b>{t('approvals.end')}</b>
        {sheet.endedAt && <span>{t(`approvals.status.${sheet.status}`)}</span>}
      </li>
    </ol>
  );
}

function Station({ step, sheet, now }: { step: SheetStep; sheet: ApprovalSheet; now: boolean }) {
  const { t } = useTranslation();
  const name = (id: string) => sheet.people[id] ?? '—';
  if (step.kind === 'end') return null;
  const many = step.seats.length + step.upcoming.length > 1;
  return (
    <li className={now ? 'now' : step.state === 'done' ? 'done' : ''} aria-current={now ? 'step' : undefined}>
      <b>
        {step.name}
        {step.kind === 'cc' && <small> {t('approvals.cc')}</small>}
        {step.kind === 'approve' && many && <small> {t(`approvals.mode.${step.mode}`)}</small>}
        {step.added && <small> {t('approvals.addedBy', { name: name(step.added.by) })}</small>}
      </b>
      {step.seats.map((seat) => (
        <span key={seat.id} className={`seat ${seat.state}`}>
          {name(seat.person)}
          {step.kind === 'approve' && (
            <small>
              {seat.to
                ? t('approvals.seat.given', { name: name(seat.to) })
                : t(`approvals.seat.${seat.state}`)}
              {seat.note && ` · ${t(`approvals.note.${seat.note}`)}`}
            </small>
          )}
        </span>
      ))}
      {step.upcoming.map((id) => (
        <span key={id} className="seat">
          {name(id)}
        </span>
      ))}
      {step.kind === 'approve' &&
        sheet.status === 'running' &&
        step.state === 'waiting' &&
        step.seats.length + step.upcoming.length === 0 && (
          <span className="seat">{t('approvals.administrators')}</span>
        )}
    </li>
  );
}

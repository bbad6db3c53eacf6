import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import { useShortList } from '../../../web/api/records.ts';
import type { MetaEntity, Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { shortInstant } from '../../../web/fields/format.ts';
import { StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toastError } from '../../../web/shell/toasts.tsx';
import { useDropTarget } from '../../../web/shell/useDropTarget.ts';
import { tellLead } from './api.ts';
import { NurtureDialog } from './dialogs.tsx';
import './leads.css';
import { MoreMenu } from '../../../web/shell/MoreMenu.tsx';

const STATES = ['new', 'working', 'nurturing'] as const;
type State = (typeof STATES)[number];

const SHOWN = 50;

/** What is being dragged: the browser tells it only to where it is dropped. */
let dragged: WireRecord | null = null;

/** Open leads by their state; one is taken up, put back or nurtured by dragging it, or from its menu. */
export function BoardPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('lead');
  const [nurturing, setNurturing] = useState<WireRecord | null>(null);
  if (!entity) return <StatusPage title={t('page.missing')} />;
  const move = (record: WireRecord, to: State) => {
    if (to === 'nurturing') setNurturing(record);
    else tellLead(record.id, to === 'new' ? 'put-back' : 'start').catch(toastError);
  };
  return (
    <div className="page full">
      <div className="head">
        <h1 tabIndex={-1}>{t('leads.board')}</h1>
      </div>
      <div className="lead-board">
        {STATES.map((state) => (
          <Column key={state} entity={entity} state={state} onMove={move} />
        ))}
      </div>
      {nurturing && <NurtureDialog entity={entity} record={nurturing} onClose={() => setNurturing(null)} />}
    </div>
  );
}

interface ColumnProps {
  entity: MetaEntity;
  state: State;
  onMove(record: WireRecord, to: State): void;
}

function Column({ entity, state, onMove }: ColumnProps) {
  const { t } = useTranslation();
  const { data } = useShortList(
    entity.plural,
    {
      filter: { field: 'status', op: 'eq', value: state },
      sort: state === 'nurturing' ? 'nurtureUntil' : '-receivedAt',
    },
    SHOWN,
  );
  const { over, target } = useDropTarget(() => {
    if (dragged && dragged.status !== state) onMove(dragged, state);
  });
  const items = data?.items ?? [];
  const label = fieldOf(entity, 'status')?.options?.find(({ value }) => value === state)?.label ?? state;
  return (
    <section className={`lead-column ${over ? 'over' : ''}`} aria-label={label} {...target}>
      <header>
        <h2>{label}</h2>
        <Link
          className="quiet"
          to="/r/$plural"
          params={{ plural: entity.plural }}
          search={{ filter: { and: [{ field: 'status', op: 'in', value: [state] }] } }}
        >
          {data?.total ?? ''}
        </Link>
      </header>
      <ul>
        {items.map((record) => (
          <li
            key={record.id}
            draggable={record.can.update}
            onDragStart={() => {
              dragged = record;
            }}
            onDragEnd={() => {
              dragged = null;
            }}
          >
            <Card entity={entity} record={record} onMove={onMove} />
          </li>
        ))}
        {data && items.length === 0 && <li className="quiet">{t('leads.noneHere')}</li>}
      </ul>
    </section>
  );
}

interface CardProps extends Pick<ColumnProps, 'entity' | 'onMove'> {
  record: WireRecord;
}

/** Where a lead can be sent from each state, as the server lets it. */
const NEXT: Readonly<Record<State, readonly State[]>> = {
  new: ['working', 'nurturing'],
  working: ['new', 'nurturing'],
  nurturing: ['working'],
};

/** Who it is, what it is worth, and by when somebody has to answer or come back. */
function Card({ entity, record, onMove }: CardProps) {
  const { t } = useTranslation();
  const nameOf = (state: State) =>
    fieldOf(entity, 'status')?.options?.find(({ value }) => value === state)?.label ?? state;
  const owner = record.owner as Reference | null | undefined;
  const due = record.status === 'new' ? (record.respondBy as string | null) : null;
  const late = due !== null && due !== undefined && Date.parse(due) < Date.now();
  return (
    <article className="lead-card">
      <div className="lead-card-head">
        <Link to="/r/$plural/$id" params={{ plural: 'leads', id: record.id }} draggable={false}>
          {record.title}
        </Link>
        {record.can.update && (
          <MoreMenu
            label={t('leads.move', { title: record.title })}
            items={NEXT[record.status as State].map((state) => ({
              key: state,
              label: t('leads.moveTo', { state: nameOf(state) }),
              onClick: () => onMove(record, state),
            }))}
          />
        )}
      </div>
      <p className="quiet">
        {[record.company !== record.title && record.company, owner?.title].filter(Boolean).join(' · ')}
      </p>
      <p className="tag-row">
        {typeof record.score === 'number' && (
          <span className="tag">{t('leads.points', { count: record.score })}</span>
        )}
        {typeof record.chance === 'number' && (
          <span className="tag">{t('leads.chance', { percent: record.chance })}</span>
        )}
        {due && (
          <span className={`tag ${late ? 'zhu' : 'teng'}`}>{t('leads.by', { when: shortInstant(due) })}</span>
        )}
        {record.status === 'nurturing' && typeof record.nurtureUntil === 'string' && (
          <span className="tag">{t('leads.by', { when: record.nurtureUntil.slice(5) })}</span>
        )}
      </p>
    </article>
  );
}

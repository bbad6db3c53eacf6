import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { fieldOf, may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity, useShortList } from '../../../web/api/records.ts';
import { saveEdit } from '../../../web/api/save.ts';
import type { Filter, MetaEntity, Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { valueText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import type { SequenceCounts } from '../sequence/figures.shared.ts';
import { useCounts } from './api.ts';
import './sequences.css';

const MOST = 200;

/** The sequences there are, how each begins, and how many are in it. */
export function SequencesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const entity = useMeta().entity('sequence');
  const { data, error, refetch } = useShortList(entity?.plural, { sort: 'name' }, MOST);
  const counts = useCounts();
  if (!entity) return <StatusPage title={t('page.forbidden')} text={t('sequences.noRight')} />;
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const make = async () => {
    const made = await openCreate(entity);
    if (!made) return;
    refreshEntity(entity.plural);
    void navigate({ to: '/r/$plural/$id', params: { plural: entity.plural, id: made.id } });
  };
  return (
    <div className="page narrow">
      <div className="head">
        <h1 tabIndex={-1}>{t('sequences.title')}</h1>
        <span className="fill" />
        <Link className="button" to="/r/$plural" params={{ plural: 'sequence-runs' }}>
          {t('sequences.all')}
        </Link>
        {may(entity, 'create') && (
          <Button type="primary" onClick={() => void make()}>
            {t('sequences.new')}
          </Button>
        )}
      </div>
      <section className="card" aria-label={t('sequences.title')}>
        <ul className="sequence-list">
          {data.items.map((each) => (
            <SequenceLine
              key={each.id}
              entity={entity}
              sequence={each}
              counts={counts.data?.items.find(({ sequence }) => sequence === each.id)}
            />
          ))}
        </ul>
        {data.items.length === 0 && (
          <div className="empty-page">
            <h2>{t('sequences.none')}</h2>
            <p>{t(may(entity, 'create') ? 'sequences.noneText' : 'sequences.noneMine')}</p>
          </div>
        )}
      </section>
    </div>
  );
}

interface LineProps {
  entity: MetaEntity;
  sequence: WireRecord;
  counts: SequenceCounts | undefined;
}

function SequenceLine({ entity, sequence, counts }: LineProps) {
  const { t } = useTranslation();
  const active = fieldOf(entity, 'active');
  const text = (name: string) => {
    const field = fieldOf(entity, name);
    return field ? valueText(field, sequence[name]) : null;
  };
  const where = (sequence.stage ?? sequence.segment) as Reference | null | undefined;
  return (
    <li className={sequence.active ? '' : 'off'}>
      <div className="what">
        <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: sequence.id }}>
          {sequence.title}
        </Link>
        <small>{[text('target'), text('start'), where?.title].filter(Boolean).join(' · ')}</small>
        <span className="tag-row">
          {counts ? <Counts counts={counts} /> : <span className="quiet">{t('sequences.nobodyYet')}</span>}
        </span>
      </div>
      {active && (
        <Switch
          aria-label={t('sequences.active', { title: sequence.title })}
          checked={sequence.active === true}
          disabled={!sequence.can.update || active.access !== 'write'}
          onChange={async (on) => {
            if (await saveEdit(entity, sequence, { active: on })) refreshEntity(entity.plural);
          }}
        />
      )}
    </li>
  );
}

const TONES = { active: 'dai', paused: 'teng', finished: '', stopped: '' } as const;

/** Each number leads to the runs behind it. */
function Counts({ counts }: { counts: SequenceCounts }) {
  const { t } = useTranslation();
  const of = (more: Filter): Filter => ({
    and: [{ field: 'sequence', op: 'eq', value: counts.sequence }, more],
  });
  const link = (key: string, tone: string, count: number, filter: Filter) =>
    count > 0 && (
      <Link
        key={key}
        className={`tag ${tone}`}
        to="/r/$plural"
        params={{ plural: 'sequence-runs' }}
        search={{ filter: of(filter) }}
      >
        {t(`sequences.count.${key}`, { count })}
      </Link>
    );
  return (
    <>
      {(Object.keys(TONES) as (keyof typeof TONES)[]).map((status) =>
        link(status, TONES[status], counts[status], { field: 'status', op: 'in', value: [status] }),
      )}
      {link('replied', 'song', counts.replied, { not: { field: 'repliedAt', op: 'empty', value: true } })}
    </>
  );
}

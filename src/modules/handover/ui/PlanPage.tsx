import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Checkbox, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post, reasonsOf } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import type { Link } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { FormError } from '../../../web/shell/FormError.tsx';
import { JobProgress } from '../../../web/shell/JobProgress.tsx';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { type Overview, type Preview, refreshHandovers, sum, useOverview, type Waiting } from './api.ts';
import { ByField } from './ByField.tsx';
import { counted } from './HandoverPage.tsx';
import { Items } from './Items.tsx';
import { PreviewTable } from './PreviewTable.tsx';
import './handover.css';

type Kind = 'one' | 'even' | 'field';

/** The guide of one handover: what is open, who gets it, how that comes out, done. */
export function PlanPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data: overview, error } = useOverview();
  const { data: person } = useQuery({
    queryKey: ['handovers', 'of', id],
    queryFn: () => get<Waiting>(`/handovers/of/${id}`),
    staleTime: 0,
  });
  if (error && !overview) return <FailedPage error={error} again={refreshHandovers} />;
  if (!overview || !person) return <PageSkeleton />;
  return <Guide key={id} overview={overview} person={person} />;
}

function Guide({ overview, person }: { overview: Overview; person: Waiting }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { entity } = useMeta();
  const [kind, setKind] = useState<Kind>('one');
  const [people, setPeople] = useState<Link[]>([]);
  const [field, setField] = useState('city');
  const [byValue, setByValue] = useState<Record<string, Link>>({});
  const [byHand, setByHand] = useState<Record<string, string | null>>({});
  const [only, setOnly] = useState<string[]>(overview.kinds.map((each) => each.entity));
  const [shown, setShown] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [job, setJob] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  const [first] = people;
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      setShown(null);
      setByHand({});
      set(value);
    };
  const rule =
    kind === 'one'
      ? { kind, to: first?.id }
      : kind === 'even'
        ? { kind, to: people.map((each) => each.id) }
        : {
            kind,
            field,
            to: Object.fromEntries(Object.entries(byValue).map(([value, to]) => [value, to.id])),
            otherwise: first?.id ?? null,
          };
  const planWith = (hand: Record<string, string | null>) => ({ rule, byHand: hand, only });
  const ready = kind === 'field' ? Object.keys(byValue).length > 0 || first : people.length > 0;
  const preview = async (hand = byHand) => {
    setProblem(null);
    setByHand(hand);
    try {
      setShown(await post<Preview>(`/handovers/of/${person.id}/preview`, { plan: planWith(hand) }));
    } catch (error) {
      setProblem(reasonsOf(error));
    }
  };
  const go = async () => {
    setProblem(null);
    try {
      const { jobId } = await post<{ jobId: string }>(`/handovers/of/${person.id}`, {
        plan: planWith(byHand),
        expected: shown?.before,
      });
      setJob(jobId);
    } catch (error) {
      setProblem(reasonsOf(error));
      setShown(null);
    }
  };
  const finish = () => {
    setDone(true);
    refreshHandovers();
    for (const each of overview.kinds) refreshEntity(entity(each.entity)?.plural ?? '');
  };
  if (done)
    return (
      <div className="page narrow handover-page">
        <div className="empty-page card">
          <h2>{t('handover.doneTitle', { name: person.name })}</h2>
          <p>{shown && counted(overview, minus(shown.before, shown.stays))}</p>
          <p>{t('handover.doneText')}</p>
          <Button type="primary" onClick={() => void navigate({ to: '/handover' as string })}>
            {t('handover.back')}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="page narrow handover-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('handover.of', { name: person.name })}</h1>
      </div>
      <section className="card">
        <header>
          <h2>{t('handover.step.open')}</h2>
        </header>
        <div className="card-body">
          {sum(person.open) === 0 && <p>{t('handover.nothing')}</p>}
          <Checkbox.Group
            value={only}
            onChange={change((value: string[]) => setOnly(value))}
            options={overview.kinds
              .filter((each) => person.open[each.entity])
              .map((each) => ({ value: each.entity, label: `${each.label} ${person.open[each.entity]}` }))}
          />
        </div>
      </section>
      <section className="card">
        <header>
          <h2>{t('handover.step.plan')}</h2>
        </header>
        <div className="card-body handover-plan">
          <Radio.Group
            value={kind}
            onChange={(event) => change(setKind)(event.target.value as Kind)}
            options={(['one', 'even', 'field'] as const).map((value) => ({
              value,
              label: t(`handover.rule.${value}`),
            }))}
          />
          {kind === 'field' && (
            <ByField
              person={person.id}
              field={field}
              values={byValue}
              onField={change((name: string) => {
                setField(name);
                setByValue({});
              })}
              onChange={change(setByValue)}
            />
          )}
          <label htmlFor="handover-to">
            {t(kind === 'field' ? 'handover.otherwise' : kind === 'even' ? 'handover.among' : 'handover.to')}
          </label>
          {kind === 'even' && <small className="quiet">{t('handover.evenText')}</small>}
          <ReferencePicker
            id="handover-to"
            to="user"
            among="active"
            noCreate
            many={kind === 'even'}
            value={people}
            onChange={change(setPeople)}
          />
        </div>
      </section>
      <FormError message={problem} />
      {!shown ? (
        <Button type="primary" disabled={!ready || sum(person.open) === 0} onClick={() => void preview()}>
          {t('handover.preview')}
        </Button>
      ) : (
        <section className="card">
          <header>
            <h2>{t('handover.step.preview')}</h2>
          </header>
          <div className="card-body">
            <div className="scroll-x">
              <PreviewTable overview={overview} preview={shown} />
            </div>
            <Items
              overview={overview}
              preview={shown}
              people={[...people, ...Object.values(byValue)]}
              onGive={(item, to) => void preview({ ...byHand, [item]: to })}
            />
            {job ? (
              <JobProgress
                id={job}
                onDone={finish}
                onFailed={() => {
                  setJob(null);
                  refreshHandovers();
                }}
              />
            ) : (
              <Button type="primary" disabled={shown.receivers.length === 0} onClick={() => void go()}>
                {t('handover.execute', { count: sum(minus(shown.before, shown.stays)) })}
              </Button>
            )}
          </div>
        </section>
      )}
    </div>
  );
}

const minus = (all: Record<string, number>, part: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(all).map(([name, n]) => [name, n - (part[name] ?? 0)]));

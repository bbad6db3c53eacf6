import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { moneyText } from '../../../web/fields/format.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import type { Overview, OverviewLine } from '../figures/overview.ts';
import { useDueText } from './waits.ts';
import type { Wish } from './wish.ts';
import './money.css';

const AGES = ['later', 'd30', 'd60', 'd90', 'over90'] as const;
const GROUPS = ['customer', 'owner', 'item'] as const;

/** Who owes us how much, since when; every number leads to what it is made of. */
export function ReceivablesPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const wish = useSearch({ strict: false }) as Wish;
  const navigate = useNavigate();
  const group = wish.group ?? 'customer';
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['short', 'receipts', 'overview', wish],
    queryFn: ({ pageParam, signal }) =>
      get<Overview>('/receivables', { ...wish, group, offset: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      last.more ? pages.reduce((sum, page) => sum + page.lines.length, 0) : undefined,
    placeholderData: (old) => old,
  });
  if (!meta.entity('receipt')) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  const set = (part: Partial<Wish>) =>
    void navigate({ to: '/receivables' as string, search: { ...wish, ...part } as never, replace: true });
  const first = data?.pages[0];
  const lines = data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <div className="page full money-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('money.title')}</h1>
        <span className="fill" />
        <Link className="button" to={'/claims' as string}>
          {t('money.claims')}
        </Link>
      </div>
      <div className="money-choices">
        <Segmented
          aria-label={t('money.group')}
          value={group}
          onChange={(next) => set({ group: next })}
          options={GROUPS.map((value) => ({ value, label: t(`money.by.${value}`) }))}
        />
        {(wish.customer || wish.owner || wish.age) && (
          <button
            type="button"
            className="button"
            onClick={() => set({ customer: undefined, owner: undefined, age: undefined } as unknown as Wish)}
          >
            {t('money.all')}
          </button>
        )}
      </div>
      {error && !first ? (
        <FailedPage error={error} again={() => void refetch()} />
      ) : first ? (
        <>
          <Totals overview={first} age={wish.age} onAge={(age) => set({ age } as Wish)} />
          <Lines overview={first} lines={lines} group={group} />
          {hasNextPage && (
            <button
              type="button"
              className="button"
              disabled={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {t('money.more')}
            </button>
          )}
        </>
      ) : (
        <PageSkeleton />
      )}
    </div>
  );
}

/** The whole by age; a click shows what is of that age. */
function Totals({
  overview,
  age,
  onAge,
}: {
  overview: Overview;
  age: string | undefined;
  onAge(age?: string): void;
}) {
  const { t } = useTranslation();
  const { total, currency } = overview;
  const text = (amount: string) => moneyText({ amount, currency });
  return (
    <section className="card money-totals">
      {(['open', 'overdue', ...AGES] as const).map((name) => {
        const chosen = name !== 'open' && age === name;
        return (
          <button
            key={name}
            type="button"
            aria-pressed={chosen}
            className={name === 'later' || name === 'open' || Number(total[name]) === 0 ? '' : 'late'}
            onClick={() => onAge(name === 'open' || chosen ? undefined : name)}
          >
            <span>{t(`money.age.${name}`)}</span>
            <strong>{text(total[name])}</strong>
          </button>
        );
      })}
      <Link
        to="/r/$plural"
        params={{ plural: 'receipts' }}
        search={{ filter: { field: 'free', op: 'gt', value: { amount: '0', currency } } } as never}
      >
        <span>{t('money.advance')}</span>
        <strong>{text(total.advance)}</strong>
      </Link>
    </section>
  );
}

function Lines({ overview, lines, group }: { overview: Overview; lines: OverviewLine[]; group: string }) {
  const { t } = useTranslation();
  const dueText = useDueText();
  const text = (amount: string) =>
    Number(amount) === 0 ? '–' : moneyText({ amount, currency: overview.currency });
  if (lines.length === 0)
    return (
      <section className="card">
        <div className="empty-page">
          <h2>{t('money.none')}</h2>
          <p>{t('money.noneText')}</p>
        </div>
      </section>
    );
  return (
    <section className="card money-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t(`money.by.${group}`)}</th>
            {group === 'item' && <th scope="col">{t('money.due')}</th>}
            <th scope="col">{t('money.age.open')}</th>
            {AGES.map((age) => (
              <th key={age} scope="col">
                {t(`money.age.${age}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key ?? ''}>
              <th scope="row">
                <Name line={line} group={group} />
              </th>
              {group === 'item' && (
                <td data-label={t('money.due')}>
                  {dueText(line.item?.due ?? null, line.item?.waits ?? null)}
                </td>
              )}
              <td data-label={t('money.age.open')}>
                <strong>{text(line.open)}</strong>
              </td>
              {AGES.map((age) => (
                <td key={age} data-label={t(`money.age.${age}`)} className={age === 'later' ? '' : 'late'}>
                  {text(line[age])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Name({ line, group }: { line: OverviewLine; group: string }) {
  const { t } = useTranslation();
  const { item, key, title } = line;
  if (item)
    return (
      <>
        <Link to="/r/$plural/$id" params={{ plural: `${item.type}s`, id: item.id }}>
          {[item.name ?? item.number, item.instalment].filter(Boolean).join(' · ')}
        </Link>
        <span className="quiet"> {item.customer.title}</span>
      </>
    );
  const name = title ?? t('money.nobody');
  if (!key) return name;
  const search = group === 'customer' ? { group: 'item', customer: key } : { group: 'customer', owner: key };
  return (
    <Link to={'/receivables' as string} search={search as never}>
      {name}
    </Link>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ForecastPage } from '../page/page.shared.ts';
import type { Submissions } from '../submission/submission.shared.ts';
import { useMoney, useMoves } from './api.ts';
import { AdjustDialog } from './dialogs.tsx';
import { plus } from './plus.ts';

/** The members of a team side by side: what they have, what they promised last time and now, and what became of it. */
export function Team({ page, submissions }: { page: ForecastPage; submissions: Submissions | undefined }) {
  const { t } = useTranslation();
  const money = useMoney();
  const { data: moves } = useMoves(page.period);
  const [asked, setAsked] = useState<{ id: string; name: string; begin: string } | null>(null);
  const promised = (which: 'now' | 'before', person: string) =>
    submissions?.[which].find((one) => one.person === person && one.level === 'own');
  return (
    <section className="card" aria-label={t('forecast.team')}>
      <header>
        <h2>{t('forecast.team')}</h2>
      </header>
      {page.lines.length === 0 ? (
        <p className="empty-page quiet">{t('forecast.emptyText')}</p>
      ) : (
        <div className="scroll-x">
          <table className="plain-table forecast-lines">
            <thead>
              <tr>
                {[
                  'who',
                  'won',
                  'commit',
                  'best',
                  'weighted',
                  'moved',
                  'promisedBefore',
                  'promisedNow',
                  'adjusted',
                ].map((name) => (
                  <th key={name} scope="col" className={name === 'who' ? '' : 'num'}>
                    {t(`forecast.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {page.lines.map((line) => {
                const key = line.key ?? '';
                const now = promised('now', key);
                const adjusted = submissions?.adjustments.find(({ person }) => person === key);
                const moved = plus(...Object.values(moves?.byOwner[key] ?? {}));
                return (
                  <tr key={key}>
                    <th scope="row">{line.title ?? t('forecast.none')}</th>
                    {[line.won, line.commit, line.best, line.weighted].map((amount, at) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: columns stand in their order
                      <td key={at} className="num">
                        {money(amount)}
                      </td>
                    ))}
                    <td className={`num ${Number(moved) < 0 ? 'down' : Number(moved) > 0 ? 'up' : ''}`}>
                      {money(moved)}
                    </td>
                    <td className="num">{money(promised('before', key)?.commit)}</td>
                    <td className="num" title={now?.note ?? undefined}>
                      {money(now?.commit)}
                    </td>
                    <td className="num">
                      {submissions?.mayAdjust.includes(key) ? (
                        <button
                          type="button"
                          className="forecast-edit"
                          title={adjusted?.note}
                          aria-label={t('forecast.adjust', { name: line.title ?? '' })}
                          onClick={() =>
                            setAsked({ id: key, name: line.title ?? '', begin: now?.commit ?? line.commit })
                          }
                        >
                          {money(adjusted?.commit)}
                        </button>
                      ) : (
                        money(adjusted?.commit)
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {asked && submissions && (
        <AdjustDialog
          period={page.period}
          submissions={submissions}
          person={asked}
          begin={asked.begin}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}

import type { Context } from '../../platform/context/context.ts';
import { Exact } from '../../platform/money/money.shared.ts';
import { by, type SampleCompany } from '../../platform/sample/sample.ts';
import type { ForecastLine } from './page/page.shared.ts';
import { forecastPage } from './page/page.ts';
import { roundAt } from './submission/round.ts';
import { adjust, deadlineSetting, submit } from './submission/submission.ts';

const PERIOD = 'month';
/** What people make of what their business says: some count on less, some on more. */
const MOODS = [
  { share: '1', note: '都在走合同流程' },
  { share: '0.9', note: '有一家年底付款要排队' },
  { share: '1.1', note: '另有一单口头答应，还没进阶段' },
];

/** What people promised of this month before the next review, and the promise a superior thinks too much. */
export async function fillForecast(ctx: Context, { administrator, people }: SampleCompany): Promise<void> {
  const { key: round } = roundAt(await deadlineSetting.read(ctx.db), ctx.timeZone, ctx.now);
  const { lines } = await forecastPage(ctx, { period: PERIOD, by: 'owner' });
  const told = lines.flatMap((line) => (line.key ? [{ ...promiseOf(line), person: line.key }] : []));
  for (const [at, { person, commit, best }] of told.entries()) {
    if (person === administrator || at % 5 === 4) continue;
    const { share, note } = MOODS[at % MOODS.length] as (typeof MOODS)[number];
    const said = { saidCommit: commit, saidBest: best };
    const promised = { commit: times(commit, share), best: times(best, share) };
    await submit(by(ctx, person), { period: PERIOD, round, level: 'own', note, ...said, ...promised });
  }
  const director = people.销售中心?.[0];
  const bold = told.find(({ person }, at) => at % 3 === 2 && at % 5 !== 4 && person !== administrator);
  if (director && bold && director !== bold.person)
    await adjust(by(ctx, director), {
      ...{ period: PERIOD, round, person: bold.person, commit: bold.commit },
      note: '口头答应的那单先不算，等客户确认需求。',
    });
}

const promiseOf = ({ won, commit, best }: ForecastLine) => {
  const sure = new Exact(won).plus(commit);
  return { commit: sure.toFixed(2), best: sure.plus(best).toFixed(2) };
};

const times = (amount: string, share: string) => new Exact(amount).times(share).toFixed(2);

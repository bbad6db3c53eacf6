import type { Context } from '../../platform/context/context.ts';
import { daysAgo, performNamed, type SampleCompany, sampleRecords } from '../../platform/sample/sample.ts';
import { leadCommands } from './lead/commands.ts';

const PEOPLE = ['苏晴', '周立', '何敏', '郑凯', '沈悦', '韩磊', '许芳', '曹宇'];
const COMPANIES = [
  '云栖仪表厂',
  '临港精工',
  '太湖包装',
  '北仑塑机',
  '嘉善纺织',
  '金华五金',
  '台州泵业',
  '湖州电梯',
];
const SOURCES = ['website', 'exhibition', 'referral', 'douyin', 'phone'];
const COUNT = 24;

/** Leads of the last weeks: new ones, some taken up, some to come back to, some that came to nothing. */
export async function fillLeads(ctx: Context, { administrator, people }: SampleCompany): Promise<void> {
  const owners = [administrator, ...Object.values(people).flatMap((each) => each.slice(1, 3))];
  for (let at = 0; at < COUNT; at += 1) {
    const then = daysAgo(ctx, at % 3 ? (at * 3) % 40 : 0);
    const [made] = await sampleRecords(then, 'lead', [
      {
        name: PEOPLE[at % PEOPLE.length],
        company: `${['杭州', '宁波', '苏州'][at % 3]}${COMPANIES[at % COMPANIES.length]}`,
        phone: `1990000${9500 + at}`,
        source: SOURCES[at % SOURCES.length],
        owner: owners[at % owners.length],
        remark: '想了解报价和交期。',
      },
    ]);
    if (at % 3 === 0) continue;
    const over = at % 5 === 4;
    await performNamed(
      then,
      leadCommands,
      over ? 'disqualify' : 'start',
      made?.id as string,
      over ? { reason: 'noBudget' } : {},
    );
  }
}

import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import {
  by,
  daysAgo,
  performNamed,
  type SampleCompany,
  sampleRecords,
} from '../../platform/sample/sample.ts';
import { inviteAll } from './invite/commands.ts';
import { readSheet } from './sheet/check.ts';
import { type Asked, askedBy } from './sheet/read.ts';
import { type Invite, keepAnonymous, keepNamed } from './sheet/write.ts';
import { surveyCommands } from './survey/commands.ts';

const SATISFACTION = {
  name: '年度客户满意度',
  purpose: 'satisfaction',
  heading: '三分钟，帮我们做得更好',
  intro: '谢谢您一年来的支持。下面几个问题只占您三分钟。',
  thanks: '收到了，谢谢您！',
  headingEnglish: 'Three minutes to help us improve',
  introEnglish: 'Thank you for a year of trust. The questions below take three minutes.',
  thanksEnglish: 'Received. Thank you!',
  questions: [
    {
      text: '您有多大可能把我们推荐给同行？',
      kind: 'nps',
      textEnglish: 'How likely are you to recommend us to others in your trade?',
    },
    {
      text: '哪一点让您不满意？',
      kind: 'multi',
      mandatory: false,
      choices: ['交货', '质量', '价格', '服务响应'],
      onlyAfter: 1,
      onlyFor: ['0', '1', '2', '3', '4', '5', '6'],
      textEnglish: 'What are you not satisfied with?',
      choicesEnglish: ['Delivery', 'Quality', 'Price', 'Response'],
    },
    {
      text: '交货准时',
      kind: 'scale',
      choices: ['很不满意', '非常满意'],
      textEnglish: 'Delivery on time',
      choicesEnglish: ['Very dissatisfied', 'Very satisfied'],
    },
    {
      text: '您想对我们说什么？',
      kind: 'text',
      mandatory: false,
      textEnglish: 'Anything you would like to tell us?',
    },
  ],
};

const AFTER_VISIT = {
  name: '安装服务匿名回访',
  purpose: 'service',
  anonymous: true,
  heading: '安装做得怎么样？',
  intro: '不记名，请放心直说。',
  thanks: '谢谢，您的意见我们会改。',
  questions: [
    {
      text: '安装人员是否按约定时间到场？',
      kind: 'single',
      choices: ['准时', '晚到但提前说了', '晚到也没说'],
    },
    { text: '现场讲解清楚', kind: 'scale', choices: ['听不懂', '非常清楚'] },
    { text: '哪里可以做得更好？', kind: 'text', mandatory: false },
  ],
};

/** Which customer said what, and how many days ago; by the fields of the page. */
const SAID = [
  { at: 0, ago: 11, sent: { q1: '9', q3: '5', q4: '交货快，安装师傅也专业，明年继续合作。' } },
  { at: 1, ago: 10, sent: { q1: '8', q3: '4' } },
  { at: 3, ago: 9, sent: { q1: '10', q3: '5', q4: '备件包很实用，建议再出一个大的。' } },
  {
    at: 9,
    ago: 8,
    sent: { q1: '6', 'q2.0': 'yes', 'q2.3': 'yes', q3: '2', q4: '上次晚到四天，没人提前说。' },
  },
  { at: 18, ago: 6, sent: { q1: '7', q3: '4' } },
  { at: 27, ago: 4, sent: { q1: '9', q3: '4', q4: '网关远程升级很省事。' } },
  { at: 36, ago: 3, sent: { q1: '5', 'q2.2': 'yes', q3: '3', q4: '价格比同行高一成，续约时希望谈谈。' } },
  { at: 45, ago: 1, sent: { q1: '10', q3: '5' } },
] as const;
/** Asked, and silent so far. */
const SILENT = [2, 4, 5, 54, 63];

const SAID_WITHOUT_NAME: readonly Record<string, string>[] = [
  { q1: '0', q2: '5', q3: '没有，很满意。' },
  { q1: '0', q2: '4' },
  { q1: '1', q2: '4', q3: '走之前把操作步骤贴在柜门上就更好了。' },
  { q1: '0', q2: '5' },
  { q1: '2', q2: '3', q3: '来晚了也没打电话，产线停着等。' },
];

/** A survey with the answers of some whom it asked, and one without names that is closed. */
export async function fillSurveys(ctx: Context, { administrator, customers }: SampleCompany): Promise<void> {
  const open = await begin(by(daysAgo(ctx, 14), administrator), SATISFACTION);
  const files = [...SAID, ...SILENT.map((at) => ({ at }))].flatMap(({ at }) => customers[at] ?? []);
  const people = files.flatMap(({ id, contacts: [first] }) =>
    first ? [{ id: first.id, customer_id: id }] : [],
  );
  await inviteAll(by(daysAgo(ctx, 13), administrator), open.id, 'contact', people);
  for (const { at, ago, sent } of SAID) {
    const invite = await inviteOf(ctx, open.id, customers[at]?.id);
    if (invite) await keepNamed(daysAgo(ctx, ago), open, readSheet(open.questions, sent).replies, invite);
  }
  const past = by(daysAgo(ctx, 60), administrator);
  const closed = await begin(past, AFTER_VISIT);
  for (const [at, sent] of SAID_WITHOUT_NAME.entries())
    await keepAnonymous(daysAgo(ctx, 58 - at * 2), closed, readSheet(closed.questions, sent).replies, null);
  await performNamed(by(daysAgo(ctx, 45), administrator), surveyCommands, 'surveyClose', closed.id);
}

async function begin(ctx: Context, survey: Record<string, unknown>): Promise<Asked> {
  const [made] = await sampleRecords(ctx, 'survey', [survey]);
  const id = made?.id as string;
  await performNamed(ctx, surveyCommands, 'surveyOpen', id);
  return (await askedBy(ctx, { id })) as Asked;
}

async function inviteOf({ db }: Context, survey: string, customer?: string): Promise<Invite | undefined> {
  const { rows } =
    await sql<Invite>`select id, customer_id as customer, contact_id as contact, answer_id as answer, spent
    from survey_invite where survey_id = ${survey} and customer_id = ${customer ?? null}`.execute(db);
  return rows[0];
}

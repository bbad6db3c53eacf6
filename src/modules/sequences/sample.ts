import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import {
  daysAgo,
  performNamed,
  type SampleCompany,
  sampleIds,
  sampleRecords,
} from '../../platform/sample/sample.ts';
import { enrolCommands } from './run/enrol.ts';

/** Sequences a sales team begins with, one of them a stage's playbook, and some whom they follow. */
export async function fillSequences(
  ctx: Context,
  { administrator, customers }: SampleCompany,
): Promise<void> {
  const stages = await sampleIds(ctx, 'stage', 'code');
  const proposal = stages.get('Proposal');
  const [lead, quiet] = await sampleRecords(ctx, 'sequence', [
    {
      name: '展会线索三步',
      target: 'lead',
      start: 'hand',
      steps: [
        {
          wait: 0,
          action: 'message',
          subject: '给{name}发问候',
          text: '{name}您好，我是{owner}。展会上您问到{product}，资料我整理好了，您看发到哪里方便？',
        },
        { wait: 2, action: 'call', subject: '问{name}看过资料没有' },
        {
          wait: 5,
          action: 'mail',
          subject: '{company}的选型建议',
          text: '{name}您好：附上同行的用法和报价区间，供您比较。有问题随时回信。\n{owner}',
        },
      ],
    },
    {
      name: '沉寂客户唤醒',
      target: 'customer',
      start: 'hand',
      steps: [
        { wait: 0, action: 'call', subject: '问{company}最近的用量' },
        { wait: 10, action: 'visit', subject: '约{name}见一面' },
      ],
    },
    ...(proposal
      ? [
          {
            name: '报价后三步',
            target: 'opportunity',
            start: 'suggest',
            stage: proposal,
            steps: [
              { wait: 2, action: 'call', subject: '问{name}报价看到哪一步' },
              { wait: 4, action: 'task', subject: '给{company}补一份同行案例' },
              { wait: 5, action: 'visit', subject: '约{name}当面谈条件' },
            ],
          },
        ]
      : []),
  ]);
  const { rows: leads } = await sql<{ id: string }>`select id from lead where owner_id = ${administrator}
    and status in ('new', 'working') and deleted_at is null order by created_at, id limit 2`.execute(ctx.db);
  const enrolled = [
    ...leads.map(({ id }) => ['lead', id, lead] as const),
    ...[5, 7, 40].flatMap((at) => {
      const customer = customers[at];
      return customer ? [['customer', customer.id, quiet] as const] : [];
    }),
  ];
  for (const [entity, id, sequence] of enrolled)
    await performNamed(daysAgo(ctx, 1), enrolCommands, 'enrol', id, { sequence: sequence?.id }, entity);
}

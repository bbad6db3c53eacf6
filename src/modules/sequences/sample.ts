import type { Context } from '../../platform/context/context.ts';
import { sampleRecords } from '../../platform/sample/sample.ts';

/** Two sequences a sales team begins with. */
export async function fillSequences(ctx: Context): Promise<void> {
  await sampleRecords(ctx, 'sequence', [
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
  ]);
}

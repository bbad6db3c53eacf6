import type { Context } from '../../platform/context/context.ts';
import { sampleRecords } from '../../platform/sample/sample.ts';

/** A survey as a first one might be. */
export async function fillSurveys(ctx: Context): Promise<void> {
  await sampleRecords(ctx, 'survey', [
    {
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
    },
  ]);
}

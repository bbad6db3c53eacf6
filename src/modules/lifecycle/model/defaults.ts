import type { ModelCode, ModelDefinition, StageWork } from './definition.shared.ts';

const words = (zh: string, en: string) => ({ zh, en });
const task = (zh: string, en: string, days: number, priority?: StageWork['priority']): StageWork => ({
  subject: words(zh, en),
  days,
  ...(priority ? { priority } : {}),
});
const measured = (name: string, op: 'gte' | 'lt', value: number, days?: number) => ({
  measure: { name, op, value, ...(days ? { days } : {}) },
});

/** The models a company begins with; once switched on they are its own to change. */
export const DEFAULT_MODELS: Record<ModelCode, ModelDefinition> = {
  life: {
    stages: [
      {
        value: 'acquire',
        label: words('获取', 'Acquire'),
        color: 'teng',
        advice: words(
          '先认识：弄清是谁、要什么、谁说了算。',
          'Get to know: who they are, what they need, who decides.',
        ),
        work: [
          task('首次联系，了解需求', 'First contact: learn what they need', 2, 'high'),
          task('补全客户资料', 'Complete the record', 5),
        ],
      },
      {
        value: 'nurture',
        label: words('培养', 'Nurture'),
        color: 'dai',
        advice: words(
          '保持节奏，让对方看到价值，促成第一次合作。',
          'Keep the rhythm, show value, win the first deal.',
        ),
        work: [
          task('上门拜访一次', 'Pay a visit', 10),
          task('发送适合对方的方案', 'Send a proposal that fits', 5),
        ],
      },
      {
        value: 'maintain',
        label: words('维护', 'Maintain'),
        color: 'song',
        advice: words(
          '按等级服务，兑现承诺，找到新的需求。',
          'Serve by grade, keep promises, find new needs.',
        ),
        work: [
          task('定期回访，问两个新问题', 'Call back with two new questions', 20),
          task('回顾承诺是否兑现', 'See that promises were kept', 10),
        ],
      },
      {
        value: 'retain',
        label: words('挽留', 'Retain'),
        color: 'zhu',
        advice: words(
          '找出不满意的原因，消除它，再谈合作。',
          'Find what displeased them, mend it, then talk business.',
        ),
        work: [
          task('主管出面拜访，问清原因', 'A manager visits and asks why', 3, 'high'),
          task('拿出改进措施并回复', 'Answer with what will be better', 7, 'high'),
        ],
      },
    ],
    moves: [
      {
        from: 'acquire',
        to: 'nurture',
        filter: { and: [measured('contacts', 'gte', 1, 365)] },
        evidence: words('有过一次有内容的联系', 'One contact with content'),
      },
      {
        from: 'nurture',
        to: 'maintain',
        filter: { and: [measured('contacts', 'gte', 5, 180), measured('visits', 'gte', 1, 365)] },
        evidence: words('半年内联系 5 次以上，拜访过', 'Five contacts in half a year, and a visit'),
      },
      {
        from: 'nurture',
        to: 'retain',
        filter: { and: [measured('daysSinceContact', 'gte', 180)] },
        evidence: words('180 天没有联系', 'No contact for 180 days'),
      },
      {
        from: 'maintain',
        to: 'retain',
        filter: { and: [measured('daysSinceContact', 'gte', 90)] },
        evidence: words('90 天没有联系', 'No contact for 90 days'),
      },
      {
        from: 'retain',
        to: 'maintain',
        filter: { and: [measured('contacts', 'gte', 2, 30)] },
        evidence: words('30 天内联系两次以上，恢复往来', 'Two contacts in 30 days: they are back'),
      },
    ],
  },
  relation: {
    stages: [
      {
        value: 'cultivate',
        label: words('培育', 'Cultivate'),
        color: 'teng',
        advice: words(
          '靠宣传和口碑让对方认识我们；关系还很脆弱。',
          'Make ourselves known; the tie is still weak.',
        ),
        work: [task('寄送资料并电话确认', 'Send material, then call', 5)],
      },
      {
        value: 'confirm',
        label: words('确认', 'Confirm'),
        color: 'dai',
        advice: words('第一次合作要超出期望，让对方觉得值得。', 'Exceed what is expected of the first time.'),
        work: [task('确认对方对首次合作是否满意', 'Ask how the first time went', 5, 'high')],
      },
      {
        value: 'trust',
        label: words('信任', 'Trust'),
        color: 'song',
        advice: words('不断赢得信任，把客户变成忠实客户。', 'Earn trust again and again.'),
        work: [task('请对方推荐或做示范客户', 'Ask for a recommendation', 20)],
      },
      {
        value: 'weaken',
        label: words('弱化', 'Weaken'),
        color: 'zhu',
        advice: words(
          '找出不满意的原因，采取措施消除，重新赢得信任。',
          'Find the cause, mend it, win trust back.',
        ),
        work: [task('当面了解不满意的原因', 'Meet and learn what went wrong', 3, 'high')],
      },
      {
        value: 'lost',
        label: words('消失', 'Lost'),
        advice: words('妥善结束，减少不利影响，记下教训。', 'Part well, limit the harm, note the lesson.'),
        work: [task('写下流失原因', 'Note why they left', 5)],
      },
    ],
    moves: [
      {
        from: 'cultivate',
        to: 'confirm',
        filter: { and: [measured('contacts', 'gte', 3, 180)] },
        evidence: words('半年内联系 3 次以上', 'Three contacts in half a year'),
      },
      {
        from: 'confirm',
        to: 'trust',
        filter: { and: [measured('contacts', 'gte', 6, 180), measured('visits', 'gte', 2, 365)] },
        evidence: words('往来稳定，多次见面', 'Steady contact, several visits'),
      },
      {
        from: 'confirm',
        to: 'weaken',
        filter: { and: [measured('daysSinceContact', 'gte', 90)] },
        evidence: words('90 天没有联系', 'No contact for 90 days'),
      },
      {
        from: 'trust',
        to: 'weaken',
        filter: { and: [measured('daysSinceContact', 'gte', 60)] },
        evidence: words('60 天没有联系', 'No contact for 60 days'),
      },
      {
        from: 'weaken',
        to: 'lost',
        filter: { and: [measured('daysSinceContact', 'gte', 365)] },
        evidence: words('一年没有联系', 'No contact for a year'),
      },
      {
        from: 'weaken',
        to: 'trust',
        filter: { and: [measured('contacts', 'gte', 2, 30)] },
        evidence: words('30 天内联系两次以上', 'Two contacts in 30 days'),
      },
      {
        from: 'lost',
        to: 'cultivate',
        filter: { and: [measured('contacts', 'gte', 1, 30)] },
        evidence: words('重新有了联系', 'In contact again'),
      },
    ],
  },
};

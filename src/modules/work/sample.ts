import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { lockRows } from '../../platform/entity/records.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { chance } from '../../platform/sample/random.ts';
import { daysAgo, type SampleCompany, type SampleFile, sampleRecords } from '../../platform/sample/sample.ts';
import { addWorkdays } from '../../platform/time/business-calendar.ts';
import { localToInstant } from '../../platform/time/instant.shared.ts';
import { settle } from './settle.ts';

const PROMISES = [
  '把新报价发过来',
  '安排工程师上门检查',
  '补寄样品和检测报告',
  '确认最晚交货日期',
  '答复付款条件',
  '把合同修订稿发给法务',
  '给出备件清单和价格',
  '安排一次产品培训',
];
const OBJECTIVES = [
  '了解明年的采购计划',
  '回访设备使用情况',
  '谈续约条件',
  '认识新任采购经理',
  '处理交付上的意见',
];

/** Promises kept, broken and open, and visits and meetings of these days: what 今天, the calendar and the keep rate show. */
export async function fillWork(ctx: Context, { administrator, customers }: SampleCompany): Promise<void> {
  const random = chance(20_260_401);
  const today = dayOf(ctx);
  const workday = (days: number) => addWorkdays(ctx.businessDays, today, days);
  const at = (day: string, time: string) => localToInstant(`${day}T${time}`, ctx.timeZone);
  const someone = () => random.pick(customers);
  const contactOf = (file: SampleFile) => file.contacts[0]?.id ?? null;

  for (let week = 1; week <= 8; week++) {
    const then = daysAgo(ctx, week * 7);
    const files = Array.from({ length: 16 }, someone);
    const made = await sampleRecords(
      then,
      'promise',
      files.map((file) => ({
        what: random.pick(PROMISES),
        customer: file.id,
        contact: contactOf(file),
        owner: file.owner,
        dueDate: addWorkdays(ctx.businessDays, dayOf(then), 3),
      })),
    );
    const later = daysAgo(ctx, week * 7 - 3);
    const kept = made.slice(0, 14);
    for (const row of await lockRows(
      later,
      entityNamed(ctx.registry, 'promise'),
      kept.map(({ id }) => id),
    ))
      await settle(
        later,
        'promise',
        row,
        random.number() < 0.93
          ? { to: 'kept', set: { settledAt: later.now }, action: 'keep' }
          : {
              to: 'broken',
              set: { settledAt: later.now, reason: '供应商延期，没有按时答复' },
              action: 'break',
            },
      );
  }
  const own = customers.filter(({ owner }) => owner === administrator);
  const soon = [...own, ...Array.from({ length: 90 }, someone)];
  await sampleRecords(
    daysAgo(ctx, 4),
    'promise',
    soon.slice(0, 60).map((file, index) => ({
      what: PROMISES[index % PROMISES.length],
      customer: file.id,
      contact: contactOf(file),
      owner: file.owner,
      dueDate:
        index % 4 === 0 ? addWorkdays(ctx.businessDays, dayOf(daysAgo(ctx, 2)), 0) : workday(index % 4),
    })),
  );
  await sampleRecords(
    ctx,
    'visit',
    soon.map((file, index) => {
      const day = workday(index < own.length ? index % 3 : random.below(8));
      return {
        objective: random.pick(OBJECTIVES),
        customer: file.id,
        contacts: file.contacts.slice(0, 2).map(({ id }) => id),
        owner: file.owner,
        date: day,
        startsAt: at(day, random.pick(['09:30', '10:00', '14:00', '15:30'])),
      };
    }),
  );
  await sampleRecords(
    ctx,
    'meeting',
    soon.slice(2, 14).map((file, index) => {
      const day = workday(1 + (index % 5));
      return {
        objective: '季度回顾与下一步计划',
        customer: file.id,
        contacts: file.contacts.map(({ id }) => id),
        owner: file.owner,
        date: day,
        startsAt: at(day, '16:00'),
        question1: '今年的预算由谁决定？',
        question2: '对我们的服务哪里不满意？',
      };
    }),
  );
}

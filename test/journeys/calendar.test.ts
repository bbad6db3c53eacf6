import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let customer: string;

const ZONE = 'Asia/Shanghai';
const today = Temporal.Now.plainDateISO(ZONE);
/** Within the month on the screen whatever day it is. */
const near = today.day > 15 ? today.subtract({ days: 7 }) : today.add({ days: 7 });
const far = today.day > 15 ? today.subtract({ days: 6 }) : today.add({ days: 8 });
const birthday = today.day > 15 ? today : today.add({ days: 2 });

const dueDates = async () =>
  (await admin.api<{ items: { dueDate: string }[] }>('GET', '/tasks')).items.map(({ dueDate }) => dueDate);
const item = (text: string) => admin.page.locator('.agenda-item').filter({ hasText: text });
const dialog = (name: string | RegExp) => admin.page.getByRole('dialog', { name });

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  customer = (await admin.api<{ id: string }>('POST', '/customers', { name: '杭州海康电子' })).id;
  await admin.api('POST', '/contacts', {
    name: '陈芳',
    customer,
    birthday: `1984-${birthday.toString().slice(5)}`,
  });
  await admin.api('POST', '/activities', {
    kind: 'call',
    content: '第一次联系',
    customer,
    occurredAt: today.subtract({ days: 60 }).toZonedDateTime(ZONE).toInstant().toString(),
  });
});
afterAll(() => journey?.end());

describe('the calendar', () => {
  it('takes something new on an empty day', async () => {
    const { page } = admin;
    await page.goto('/calendar');
    await page.locator(`.fc-daygrid-day[data-date="${near}"]`).click();
    await dialog(`${near} 添加`).getByRole('button', { name: '任务' }).click();
    await page.getByLabel('要做的事').fill('寄样品');
    await page.getByRole('button', { name: '保存' }).click();
    await expect.poll(() => item('寄样品').count()).toBe(1);
    expect(await dueDates()).toEqual([near.toString()]);
  });

  it('moves it to another day by keys alone, and back', async () => {
    const { page } = admin;
    await item('寄样品').focus();
    await page.keyboard.press('Enter');
    const day = dialog('寄样品').getByLabel('改到哪天');
    await day.fill(far.toString());
    await page.keyboard.press('Enter');
    await dialog('寄样品').getByRole('button', { name: '改期' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(dueDates).toEqual([far.toString()]);
    await expect
      .poll(() => page.locator(`.fc-daygrid-day[data-date="${far}"]`).textContent())
      .toContain('寄样品');
    await page.locator('.toast').getByRole('button', { name: '撤销' }).click();
    await expect.poll(dueDates).toEqual([near.toString()]);
  });

  it('shows birthdays, which nobody moves, and from there a follow-up is written', async () => {
    await expect.poll(() => item('陈芳').count()).toBe(1);
    await item('陈芳').click();
    expect(await dialog('陈芳').textContent()).toContain('生日');
    expect(await dialog('陈芳').getByLabel('改到哪天').count()).toBe(0);
    expect(await seriousIn(admin.page)).toEqual([]);
    await dialog('陈芳').getByRole('button', { name: '记跟进' }).click();
    await dialog('跟进').getByLabel('内容').fill('祝了生日');
    await dialog('跟进').getByRole('button', { name: '记下' }).click();
    await expect.poll(() => dialog('跟进').count()).toBe(0);
    const { items } = await admin.api<{ items: { subject: string; customer: { id: string } }[] }>(
      'GET',
      '/activities?sort=-occurredAt',
    );
    expect([items[0]?.subject, items[0]?.customer.id]).toEqual(['祝了生日', customer]);
  });
});

describe('who waits too long', () => {
  const line = () => admin.page.locator('.overdue-line').filter({ hasText: '宁波天天餐饮' });
  const tasks = async () =>
    (await admin.api<{ items: { subject: string }[] }>('GET', '/tasks')).items.map(({ subject }) => subject);

  it('stands in a list, is planned by one press, and that can be taken back', async () => {
    const { id } = await admin.api<{ id: string }>('POST', '/customers', { name: '宁波天天餐饮' });
    await admin.api('POST', '/activities', {
      kind: 'call',
      content: '问候',
      customer: id,
      occurredAt: today.subtract({ days: 90 }).toZonedDateTime(ZONE).toInstant().toString(),
    });
    const { page } = admin;
    await expect
      .poll(async () => {
        const { items } = await admin.api<{ items: { count: number }[] }>(
          'GET',
          '/calendar/overdue-contacts',
        );
        return items.reduce((sum, { count }) => sum + count, 0);
      })
      .toBe(1);
    await page.goto('/today');
    await page.getByRole('link', { name: '超期未联系 1 家' }).click();
    await line().getByRole('button', { name: '安排' }).click();
    await page.getByRole('menuitem', { name: /打电话/ }).click();
    await expect.poll(tasks).toContain('给宁波天天餐饮打电话');
    await expect.poll(() => line().textContent()).toContain('已安排');
    await page.locator('.toast').getByRole('button', { name: '撤销' }).click();
    await expect.poll(tasks).not.toContain('给宁波天天餐饮打电话');
    expect(await seriousIn(page)).toEqual([]);
  });

  it('is gone once a follow-up is written', async () => {
    await line().getByRole('button', { name: '跟进' }).click();
    await dialog('跟进').getByLabel('内容').fill('聊了聊');
    await admin.page.keyboard.press('Control+Enter');
    await expect.poll(() => line().count()).toBe(0);
  });
});

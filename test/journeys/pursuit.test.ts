import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let lead: string;
let trial: string;

type Listed = { items: { id: string; title: string; status: string; stopReason?: string }[] };
const press = (name: string) => admin.page.getByRole('button', { name, exact: true }).click();
const days = (count: number) => Temporal.Now.plainDateISO('Asia/Shanghai').add({ days: count }).toString();

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  // At work around the clock, so that the first step does not wait for Monday.
  const around = Array.from({ length: 5 }, (_, at) => [days(at - 2), 'work']);
  const businessDays = { days: Object.fromEntries(around), hours: [['00:00', '24:00']] };
  await admin.api('PATCH', '/settings', { businessDays });
  await admin.api('POST', '/sequences', {
    name: '展会三步',
    target: 'lead',
    steps: [
      { wait: 0, action: 'call', subject: '问{name}要什么' },
      { wait: 3, action: 'task', subject: '寄样册' },
    ],
  });
  lead = (await admin.api<{ id: string }>('POST', '/leads', { name: '苏晴', company: '临安云栖仪表厂' })).id;
  const { id: customer } = await admin.api<{ id: string }>('POST', '/customers', { name: '宁波海潮包装' });
  const { id: product } = await admin.api<{ id: string }>('POST', '/products', { name: '流量计' });
  const late = { outOn: days(-30), dueOn: days(-10) };
  trial = (await admin.api<{ id: string }>('POST', '/trials', { customer, product, kind: 'loan', ...late }))
    .id;
});
afterAll(() => journey?.end());

describe('a lead is followed up until it answers', () => {
  it('begins a sequence, and its first step is work of today', async () => {
    const { page } = admin;
    await page.goto(`/r/leads/${lead}`);
    await press('加入');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('用哪一套').click();
    await page.getByTitle('展会三步').click();
    await dialog.getByRole('button', { name: '加入', exact: true }).click();
    await expect.poll(async () => (await admin.api<Listed>('GET', '/tasks')).items.length).toBe(1);
    await page.goto('/today');
    await page.getByText('电话：问苏晴要什么').first().waitFor();
  });

  it('stops when somebody says that he answered', async () => {
    const { page } = admin;
    await page.goto(`/r/leads/${lead}`);
    await press('客户回应了');
    const runs = async () => (await admin.api<Listed>('GET', '/sequence-runs')).items;
    await expect.poll(runs).toMatchObject([{ status: 'stopped', stopReason: 'reply' }]);
    await page.goto('/sequences');
    await page.getByRole('link', { name: '有回应 1' }).waitFor();
    expect(await seriousIn(page)).toEqual([]);
  });
});

describe('something lent comes back', () => {
  it('goes out, is late, stands on the day, and is returned', async () => {
    const { page } = admin;
    const status = async () => (await admin.api<{ status: string }>('GET', `/trials/${trial}`)).status;
    await page.goto(`/r/trials/${trial}`);
    await press('发出');
    await expect.poll(status).toBe('out');
    expect(await seriousIn(page)).toEqual([]);
    await page.goto('/today');
    await page.getByText('流量计在宁波海潮包装').first().waitFor();
    await page.goto(`/r/trials/${trial}`);
    await press('归还');
    await page.getByRole('dialog').getByLabel('客户怎么说').fill('读数稳');
    await page.getByRole('dialog').getByRole('button', { name: '归还', exact: true }).click();
    await expect.poll(status).toBe('returned');
  });
});

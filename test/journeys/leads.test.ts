import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let address: string;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const { items } = await admin.api<{ items: { id: string }[] }>('GET', '/users');
  await admin.api('POST', '/lead-routes', { name: '全部', members: [items[0]?.id], responseMinutes: 30 });
  await admin.api('POST', '/lead-score-rules', {
    name: '留了公司',
    points: 15,
    condition: { field: 'company', op: 'contains', value: '厂' },
  });
});
afterAll(() => journey?.end());

describe('a lead', () => {
  it('has a form that is made in the settings, with a link to send', async () => {
    const { page } = admin;
    await page.goto('/admin/lead-channels');
    await page.getByRole('button', { name: '新建获客入口' }).first().click();
    await page.getByRole('dialog').getByLabel('名称').fill('官网预约');
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    const link = page.getByRole('textbox', { name: '链接' });
    await expect.poll(() => link.inputValue()).toContain('/f/');
    address = await link.inputValue();
  });

  it('comes in by the form, which a stranger fills in', async () => {
    const stranger = await journey.visit();
    const { page } = stranger;
    await page.goto(new URL(address).pathname);
    expect(await seriousIn(page)).toEqual([]);
    await page.getByLabel('姓名').fill('苏晴');
    await page.getByLabel('公司').fill('临安云栖仪表厂');
    await page.getByLabel('电话').fill('13800001234');
    await page.getByLabel('留言').fill('想了解三台仪表的价格');
    // Sent at once it asks for another press, with everything still there.
    await expect
      .poll(
        async () => {
          const send = page.getByRole('button', { name: '提交' });
          if (await send.count()) await send.click();
          return page.getByRole('status').allTextContents();
        },
        { interval: 1000 },
      )
      .toEqual(['已收到，我们会尽快联系您。']);
    await stranger.context.close();
  });

  it('was given to somebody by the rule, stands in his day and is taken up there', async () => {
    const { page } = admin;
    await page.goto('/today');
    const line = page.getByRole('listitem').filter({ hasText: '苏晴' }).first();
    await expect.poll(() => line.textContent()).toContain('新线索');
    await line.getByRole('button', { name: '接手' }).click();
    await expect.poll(async () => (await leads())[0]?.status).toBe('working');
  });

  it('says why it has its score, and is converted with its history', async () => {
    const { page } = admin;
    await page.goto(`/r/leads/${(await leads())[0]?.id}`);
    await expect.poll(() => page.getByText('留了公司').count()).toBe(1);
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: '转客户' }).click();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.getByLabel('客户名称').inputValue()).toBe('临安云栖仪表厂');
    await dialog.getByRole('button', { name: '转客户' }).click();
    await expect
      .poll(() => page.getByRole('heading', { level: 1 }).allTextContents())
      .toEqual(['临安云栖仪表厂']);
    await expect.poll(() => page.getByText('想了解三台仪表的价格').count()).toBeGreaterThan(0);
    const { items } = await admin.api<{ items: { status: string }[] }>('GET', '/opportunities');
    expect(items).toMatchObject([{ status: 'open' }]);
  });
});

async function leads() {
  const { items } = await admin.api<{ items: { id: string; status: string }[] }>('GET', '/leads');
  return items;
}

describe('a survey', () => {
  it('is opened on its page and answered by a stranger, who is asked why only where that matters', async () => {
    const { page } = admin;
    const { id } = await admin.api<{ id: string }>('POST', '/surveys', {
      name: '展会回访',
      questions: [
        { text: '会推荐我们吗', kind: 'nps' },
        { text: '为什么不', kind: 'text', onlyAfter: 1, onlyFor: ['2', '3'] },
      ],
    });
    await page.goto(`/r/surveys/${id}?tab=surveys.results`);
    await page.getByRole('button', { name: '开始收集' }).click();
    await expect.poll(() => page.getByText('收集中，已收到 0 份').count()).toBe(1);
    const link = page.getByRole('textbox', { name: '公开链接' });
    await expect.poll(() => link.inputValue()).toContain('/q/');
    expect(await seriousIn(page)).toEqual([]);
    const stranger = await journey.visit();
    const outside = stranger.page;
    await outside.setViewportSize({ width: 390, height: 844 });
    await outside.goto(new URL(await link.inputValue()).pathname);
    expect(await seriousIn(outside)).toEqual([]);
    const why = outside.getByLabel('为什么不');
    expect(await why.isVisible()).toBe(false);
    await outside.getByRole('radio', { name: '3', exact: true }).check({ force: true });
    await expect.poll(() => why.isVisible()).toBe(true);
    await why.fill('等得太久');
    await expect
      .poll(
        async () => {
          const send = outside.getByRole('button', { name: '提交' });
          if (await send.count()) await send.click();
          return outside.getByRole('status').allTextContents();
        },
        { interval: 1000 },
      )
      .toEqual(['收到了，谢谢您！']);
    await stranger.context.close();
    await page.reload();
    await expect.poll(() => page.getByRole('link', { name: '1 份答卷' }).count()).toBe(1);
    const single = page.getByRole('group').filter({ hasText: '等得太久' });
    await single.locator('summary').click();
    await expect.poll(() => single.getByText('等得太久').isVisible()).toBe(true);
    expect(await seriousIn(page)).toEqual([]);
    await single.getByRole('link', { name: '打开这份答卷' }).click();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toContain('展会回访');
  });
});

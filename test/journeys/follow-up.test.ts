import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

/** A microphone that hums, and nobody who has to allow it. */
const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const photo = (background: string) =>
  sharp({ create: { width: 1200, height: 900, channels: 3, background } })
    .jpeg()
    .toBuffer();

let journey: Journey;
let admin: Visit;

beforeAll(async () => {
  journey = await beginJourney({ setup: true, browser: MICROPHONE });
  admin = await journey.visit(ADMIN);
  const { id } = await admin.api<{ id: string }>('POST', '/customers', { name: '杭州海康电子' });
  await admin.page.goto(`/r/customers/${id}`);
});
afterAll(() => journey?.end());

describe('a follow-up written on the road', () => {
  it('takes a voice note and photos along', async () => {
    const { page } = admin;
    const form = page.locator('.follow-up');
    await form.getByRole('textbox').first().fill('看了新厂房，下周报价');
    await form.getByRole('button', { name: '语音' }).click();
    await expect.poll(() => form.getByRole('button', { name: /停止/ }).textContent()).toMatch(/[1-9]/);
    await form.getByRole('button', { name: /停止/ }).click();
    await expect.poll(() => form.locator('.held-files').textContent()).toMatch(/\.(webm|ogg|mp4)/);
    await form.locator('input[type=file][accept="image/*"]').setInputFiles([
      { name: '厂房.jpg', mimeType: 'image/jpeg', buffer: await photo('#28566f') },
      { name: '门头.jpg', mimeType: 'image/jpeg', buffer: await photo('#c8432b') },
    ]);
    await form.getByRole('button', { name: '记下' }).click();
    await expect.poll(() => page.locator('.timeline').textContent()).toContain('看了新厂房');
    await expect.poll(() => page.locator('.timeline .thumbnail').count()).toBe(2);
  });

  it('says where it was written, and how far from the customer, once the browser may tell', async () => {
    const { page, context, api } = admin;
    const { id } = await api<{ id: string }>('POST', '/customers', {
      name: '西湖仪表',
      latitude: '30.25',
      longitude: '120.15',
    });
    await page.goto(`/r/customers/${id}`);
    const form = page.locator('.follow-up');
    await form.getByRole('textbox').first().fill('在门口等采购');
    await form.getByRole('button', { name: '现在的位置' }).click();
    await expect.poll(() => form.getByRole('status').textContent()).toContain('没有取得定位');
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ latitude: 30.251, longitude: 120.15, accuracy: 12 });
    await form.getByRole('button', { name: '现在的位置' }).click();
    await expect.poll(() => form.textContent()).toContain('误差 12 米');
    await form.getByLabel('地点').fill('南门');
    await form.getByRole('button', { name: '记下' }).click();
    const entry = page.locator('.timeline li').filter({ hasText: '在门口等采购' });
    await expect.poll(() => entry.textContent()).toContain('南门');
    expect(await entry.textContent()).toContain('离客户 111 米');
    await page.goBack();
  });

  it('the voice note can be heard', async () => {
    const { page } = admin;
    const seconds = await page.locator('.timeline audio').evaluate(async (audio: HTMLAudioElement) => {
      await audio.play();
      await new Promise((done) => audio.addEventListener('timeupdate', done, { once: true }));
      return audio.currentTime;
    });
    expect(seconds).toBeGreaterThanOrEqual(0);
    const { items } = await admin.api<{ items: { kind: string; mime: string; size: number }[] }>(
      'GET',
      '/attachments?sort=createdAt',
    );
    const voice = items.filter((item) => item.kind === 'audio');
    expect(voice).toHaveLength(1);
    expect(voice[0]?.size).toBeGreaterThan(100);
  });

  it('the photos open large, one after the other, by keys alone', async () => {
    const { page } = admin;
    await page.locator('.timeline .thumbnail').first().focus();
    await page.keyboard.press('Enter');
    const picture = page.locator('.lightbox');
    await expect.poll(() => picture.textContent()).toContain('第 1 张，共 2 张');
    const first = await picture.locator('b').textContent();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => picture.locator('b').textContent()).not.toBe(first);
    await page.keyboard.press('+');
    await expect.poll(() => picture.locator('img').getAttribute('style')).toContain('scale(1.5)');
    await page.keyboard.press('Escape');
    await expect.poll(() => picture.count()).toBe(0);
  });
});

describe('wherever a customer is in sight', () => {
  const dialog = () => admin.page.getByRole('dialog', { name: '跟进' });
  const said = async () =>
    (
      await admin.api<{ items: { subject: string; customer: { title: string } | null }[] }>(
        'GET',
        '/activities?sort=-occurredAt',
      )
    ).items.map(({ subject, customer }) => [subject, customer?.title]);

  it('a row of the list has it, by button and by key', async () => {
    const { page } = admin;
    await page.goto('/r/customers');
    await page.getByRole('button', { name: '给 西湖仪表 记跟进' }).click();
    await dialog().getByLabel('内容').fill('从行里记');
    await dialog().getByRole('button', { name: '记下' }).click();
    await expect.poll(() => dialog().count()).toBe(0);
    await page.keyboard.press('j');
    await page.keyboard.press('f');
    await dialog().getByLabel('内容').fill('用键盘记');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => dialog().count()).toBe(0);
    const made = await said();
    expect(made).toContainEqual(['从行里记', '西湖仪表']);
    expect(made.find(([subject]) => subject === '用键盘记')?.[1]).toBeTruthy();
  });

  it('the day has it', async () => {
    const { page } = admin;
    await page.goto('/today');
    await page.getByRole('button', { name: '记跟进' }).click();
    await dialog().getByLabel('客户', { exact: true }).fill('海康');
    await page.locator('.ant-select-item-option').filter({ hasText: '杭州海康电子' }).click();
    await dialog().getByLabel('内容').fill('从今天记');
    await dialog().getByRole('button', { name: '记下' }).click();
    await expect.poll(said).toContainEqual(['从今天记', '杭州海康电子']);
  });

  it('the phone has it under the thumb, and other things to make behind it', async () => {
    const { page } = admin;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/today');
    await page.getByRole('navigation').getByRole('button', { name: '跟进' }).click();
    await dialog().getByLabel('内容').fill('没有客户也行');
    await dialog().getByRole('button', { name: '记下' }).click();
    await expect.poll(said).toContainEqual(['没有客户也行', undefined]);
    await page.getByRole('navigation').getByRole('button', { name: '跟进' }).click();
    await dialog().getByRole('button', { name: '新建别的' }).click();
    await page.getByRole('menuitem', { name: '联系人' }).click();
    await expect.poll(() => page.getByRole('dialog', { name: /新建联系人/ }).count()).toBe(1);
  });
});

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
    await expect.poll(() => form.locator('.follow-files').textContent()).toMatch(/\.(webm|ogg|mp4)/);
    await form.locator('input[type=file][accept="image/*"]').setInputFiles([
      { name: '厂房.jpg', mimeType: 'image/jpeg', buffer: await photo('#28566f') },
      { name: '门头.jpg', mimeType: 'image/jpeg', buffer: await photo('#c8432b') },
    ]);
    await form.getByRole('button', { name: '记下' }).click();
    await expect.poll(() => page.locator('.timeline').textContent()).toContain('看了新厂房');
    await expect.poll(() => page.locator('.timeline .thumbnail').count()).toBe(2);
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

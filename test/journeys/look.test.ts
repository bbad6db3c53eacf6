import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

const FIRST_PAGE_LIMIT = 400 * 1024;

let journey: Journey;
let admin: Visit;
let customer: string;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const made = await admin.api<{ id: string }>('POST', '/customers', {
    name: '杭州海康电子',
    phone: '0571-88001234',
    city: '杭州',
  });
  customer = made.id;
  await admin.api('POST', '/activities', {
    customer,
    kind: 'visit',
    content: '谈了扩产',
    nextDate: '2030-01-02',
  });
  await admin.api('POST', '/contacts', { customer, name: '陈芳', phone: '13900000000' });
});
afterAll(() => journey?.end());

const PAGES = [
  '/today',
  '/r/customers',
  '/r/customers/:id',
  '/r/customers/:id/edit',
  '/search?q=海康',
  '/import/new',
  '/import',
  '/me',
  '/welcome',
  '/admin/users',
  '/admin/departments',
  '/admin/roles',
  '/admin/fields',
  '/admin/types',
  '/admin/keys',
  '/admin/audit',
  '/admin/settings',
  '/admin/system',
];

async function seriousOf(visit: Visit, path: string): Promise<string[]> {
  await visit.page.goto(path.replace(':id', customer));
  await visit.page.locator('h1').first().waitFor();
  await visit.page.waitForLoadState('load');
  return seriousIn(visit.page);
}

describe.each(['light', 'dark'])('in %s', (theme) => {
  it.each(PAGES)('%s has nothing serious for axe', async (path) => {
    await admin.page.addInitScript((name) => localStorage.setItem('guanxi.theme', name), theme);
    expect(await seriousOf(admin, path)).toEqual([]);
  });
});

describe('on a phone', () => {
  it.each(['/r/customers', '/r/customers/:id', '/admin/roles', '/admin/system'])(
    '%s fits in width and passes axe',
    async (path) => {
      const phone = await journey.visit(ADMIN);
      await phone.page.setViewportSize({ width: 390, height: 844 });
      expect(await seriousOf(phone, path)).toEqual([]);
      const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
      expect(await phone.page.locator('.dock > *').count()).toBe(5);
      await phone.context.close();
    },
  );
});

it('a menu longer than the screen shows the page one is on', async () => {
  const phone = await journey.visit(ADMIN);
  await phone.page.setViewportSize({ width: 390, height: 844 });
  await phone.page.goto('/admin/system');
  const current = phone.page.locator('.admin-nav').getByRole('link', { name: '系统' });
  await expect.poll(async () => (await current.boundingBox())?.x ?? 999).toBeLessThan(390);
  await phone.context.close();
});

it('the first page needs at most 400 KB of script, gzipped', async () => {
  const visit = await journey.visit(ADMIN);
  const scripts: Promise<number>[] = [];
  visit.page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.body().then((body) => gzipSync(body).length));
  });
  await visit.page.goto('/');
  await visit.page.locator('.today-columns').waitFor();
  const sizes = await Promise.all(scripts);
  expect(sizes.length).toBeGreaterThan(3);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(FIRST_PAGE_LIMIT);
  await visit.context.close();
});

it('sign-in passes axe in both languages', async () => {
  const visit = await journey.visit();
  for (const language of ['简体中文', 'English']) {
    await visit.page.goto('/');
    await visit.page.getByRole('button', { name: language }).click();
    expect(await seriousIn(visit.page)).toEqual([]);
  }
  await expect.poll(() => visit.page.locator('h1').textContent()).toBe('Sign in');
  await visit.context.close();
});

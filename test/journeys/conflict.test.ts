import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let mine: Visit;
let theirs: Visit;
let id: string;

/** Two people have the same customer open; live updates bring the changes of one to the page of the other. */
beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  [mine, theirs] = [await journey.visit(ADMIN), await journey.visit(ADMIN)];
  ({ id } = await mine.api<{ id: string }>('POST', '/customers', { name: '苏州长城机械', city: '苏州' }));
});
afterAll(() => journey?.end());

const website = async () => (await mine.api<{ website: string | null }>('GET', `/customers/${id}`)).website;

/** Saves as the other person and waits until the change could have reached the open page. */
async function theySave(values: object): Promise<void> {
  const { version } = await theirs.api<{ version: number }>('GET', `/customers/${id}`);
  const answer = await theirs.context.request.fetch(`${journey.url}/api/v1/customers/${id}`, {
    method: 'PATCH',
    headers: { 'x-guanxi': '1', origin: journey.url, 'if-match': `"${version}"` },
    data: values,
  });
  expect(answer.status()).toBe(200);
  await mine.page.waitForTimeout(1500);
}

describe('a save that comes too late', () => {
  it('in the form shows both versions, and keeps what one chooses', async () => {
    const { page } = mine;
    await page.goto(`/r/customers/${id}/edit`);
    await page.getByLabel('网址').fill('https://mine.example');
    await theySave({ website: 'https://theirs.example' });
    await page.getByRole('button', { name: '保存', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.textContent()).toMatch(/mine\.example.*theirs\.example/s);
    expect(await website()).toBe('https://theirs.example');
    await dialog.getByRole('button', { name: '按选择保存' }).click();
    await expect.poll(website).toBe('https://mine.example');
  });

  it('in place likewise; theirs is kept when mine is given up', async () => {
    const { page } = mine;
    await page.goto(`/r/customers/${id}`);
    const fact = page.locator('.fact', { hasText: '网址' });
    await fact.hover();
    await fact.getByRole('button').last().click();
    await page.locator('.cell-editor input').fill('https://mine2.example');
    await theySave({ website: 'https://theirs2.example' });
    await page.locator('.cell-editor input').press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: '放弃我的修改' }).click();
    expect(await website()).toBe('https://theirs2.example');
    await expect.poll(() => fact.textContent()).toContain('theirs2.example');
  });
});

describe('many pages of one browser', () => {
  it('all open and hear what changes, though a browser has six connections', async () => {
    const pages = [mine.page];
    while (pages.length < 8) pages.push(await mine.context.newPage());
    for (const page of pages) {
      await page.goto(`/r/customers/${id}`);
      await page.locator('.fact', { hasText: '网址' }).waitFor();
    }
    await theySave({ website: 'https://everywhere.example' });
    for (const page of pages)
      await expect
        .poll(() => page.locator('.fact', { hasText: '网址' }).textContent())
        .toContain('everywhere.example');
  });
});

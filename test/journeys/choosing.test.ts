import { mkdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let customer: string;

const LOOK = process.env.GUANXI_LOOK;
/** Pictures for whoever wants to look; none are kept. */
const look = async (name: string) => {
  if (!LOOK) return;
  await mkdir(LOOK, { recursive: true });
  await admin.page.screenshot({ path: `${LOOK}/${name}.png` });
};
const toast = (text: string) =>
  expect
    .poll(() => admin.page.locator('.toast').allTextContents())
    .toContainEqual(expect.stringContaining(text));

const flow = (subject: string, self = 'superior') =>
  admin.api('POST', '/approval-flows', {
    subject,
    name: `${subject} 流程`,
    active: true,
    definition: {
      nodes: [{ kind: 'approve', id: 'n1', name: '主管审批', approvers: [{ kind: 'chosen' }], mode: 'all' }],
      self,
    },
  });

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  customer = (await admin.api<{ id: string }>('POST', '/customers', { name: '云帆科技' })).id;
  await admin.api('POST', '/customers', { name: '留下的客户' });
  await admin.api('POST', '/users', { name: '高总', email: 'gao@example.cn' });
});
afterAll(() => journey?.end());

it('spending over the cap without a flow goes to whoever is above, or an administrator', async () => {
  const { page } = admin;
  const spent = await admin.api<{ id: string }>('POST', '/hospitalities', {
    subject: '年会宴请',
    customer,
    kind: 'meal',
    amount: { amount: '99999', currency: 'CNY' },
    date: new Date().toISOString().slice(0, 10),
  });
  await page.goto(`/r/hospitalities/${spent.id}`);
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await toast('已送审批');
});

it('letting a customer go asks for the approver the flow leaves to choose, and waits for him', async () => {
  const { page } = admin;
  await flow('customer.abandon', 'allowed');
  await page.goto(`/r/customers/${customer}`);
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('menuitem', { name: '放弃客户' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('原因').fill('长期亏损');
  await confirmDialog(page);
  await dialog.getByLabel('主管审批').click();
  await page.keyboard.type('林晓');
  await page.locator('.ant-select-item-option', { hasText: '林晓' }).click();
  await look('chosen');
  await dialog.locator('.ant-modal-title').click();
  await confirmDialog(page);
  await toast('已送审批');
  await expect.poll(() => page.locator('.approval-banner').textContent()).toContain('等林晓');
});

it('the day tells of it; it is decided with two clicks', async () => {
  const { page } = admin;
  await page.goto('/');
  const line = page.locator('.today-line', { hasText: '放弃客户' });
  await expect.poll(() => line.count()).toBe(1);
  await look('today');
  await line.getByRole('button', { name: '去审批' }).click();
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await toast('已同意');
});

it('the list leaves it out until asked; its approvals stand at it', async () => {
  const { page } = admin;
  const rows = () => page.locator('.grid-body .grid-row').allTextContents();
  await page.goto('/r/customers');
  await expect.poll(rows).toEqual([expect.stringContaining('留下的客户')]);
  await look('list');
  await page
    .locator('.chip', { hasText: '已放弃' })
    .getByRole('button', { name: /去掉|移除|删除/ })
    .click();
  await expect.poll(rows).toHaveLength(2);
  await expect
    .poll(() => page.locator('.grid-row', { hasText: '云帆科技' }).locator('.tag').first().textContent())
    .toBe('已放弃');
  await look('list-all');
  await page.goto(`/r/customers/${customer}`);
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('menuitem', { name: '审批单' }).click();
  await page.getByRole('dialog').locator('.approval-line').click();
  await expect.poll(() => page.getByRole('button', { name: '打印审批单' }).count()).toBe(1);
});

it('something is asked for by hand', async () => {
  const { page } = admin;
  await flow('customer.request', 'allowed');
  await page.goto(`/r/customers/${customer}`);
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('menuitem', { name: '提交审批' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('事由').fill('账期延长到 60 天');
  await look('request');
  await confirmDialog(page);
  await dialog.getByLabel('主管审批').click();
  await page.keyboard.type('林晓');
  await page.locator('.ant-select-item-option', { hasText: '林晓' }).click();
  await dialog.locator('.ant-modal-title').click();
  await confirmDialog(page);
  await expect.poll(() => page.locator('.approval-facts').textContent()).toContain('账期延长到 60 天');
});

it('a care plan shows whom it reaches before it is saved', async () => {
  const { page } = admin;
  const { id } = await admin.api<{ id: string }>('POST', '/customers', { name: '晨光文具' });
  await admin.api('POST', '/contacts', { name: '欧阳娜', sex: 'female', customer: id });
  await page.goto('/care/plans');
  await page.getByRole('button', { name: '新建计划' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('名称').fill('中秋问候');
  await dialog.getByLabel('时机').click();
  await page.getByTitle('节日', { exact: true }).last().click();
  await dialog.locator('.ant-select', { has: page.locator('#plan-festival') }).click();
  await page.getByTitle('中秋节').last().click();
  await dialog.getByRole('button', { name: '称呼' }).click();
  await expect.poll(() => dialog.locator('.care-sample').first().textContent()).toContain('欧阳女士');
  await look('plan');
  await admin.page.setViewportSize({ width: 390, height: 844 });
  await look('plan-phone');
  await admin.page.setViewportSize({ width: 1440, height: 900 });
  await confirmDialog(page);
  await expect.poll(() => page.locator('.task-list').textContent()).toContain('中秋问候');
});

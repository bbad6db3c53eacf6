import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let boss: Visit;
let seller: Visit;
let finance: Visit;
const ids: Record<string, string> = {};

const PASSWORD = 'Tingyu-2026!';

async function colleague(name: string, email: string, role: string): Promise<Visit> {
  const { me } = await boss.api<{ me: { id: string } }>('GET', '/meta');
  const { items } = await boss.api<{ items: { id: string; code: string }[] }>('GET', '/roles');
  const roles = items.filter(({ code }) => code === role).map(({ id }) => id);
  const user = await boss.api<{ id: string }>('POST', '/users', { name, email, manager: me.id, roles });
  const { link } = await boss.api<{ link: string }>('POST', `/users/${user.id}/invite`, {});
  const token = new URL(link).pathname.split('/').at(-1);
  await journey.visit().then((guest) => guest.api('POST', `/invitations/${token}`, { password: PASSWORD }));
  return journey.visit({ email, password: PASSWORD });
}

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  boss = await journey.visit(ADMIN);
  await boss.api('POST', '/legal-entities', { name: '杭州云杉科技有限公司', usual: true });
  await boss.api('POST', '/bank-accounts', { name: '工行基本户', accountNumber: '1202 0001' });
  await boss.api('POST', '/products', { name: '离心水泵', price: { amount: '1000.00', currency: 'CNY' } });
  await boss.api('PUT', '/quote-rules', { limit: 5, roles: [], validDays: 30 });
  seller = await colleague('钱销售', 'qian@example.cn', 'salesperson');
  finance = await colleague('孙会计', 'sun@example.cn', 'finance');
  const lead = await seller.api<{ id: string }>('POST', '/leads', {
    name: '苏晴',
    company: '临安云栖仪表厂',
    phone: '13800001234',
  });
  ids.lead = lead.id;
});
afterAll(() => journey?.end());

const press = (visit: Visit, name: string) => visit.page.getByRole('button', { name, exact: true }).click();
const inDialog = (visit: Visit, name: string) =>
  visit.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
/** The id of the record whose file is open, once it is one of these. */
async function opened(visit: Visit, plural: string, but = ''): Promise<string> {
  const id = () => new URL(visit.page.url()).pathname.match(`^/r/${plural}/([0-9a-f-]{36})$`)?.[1];
  await expect.poll(() => id() !== undefined && id() !== but).toBe(true);
  return id() as string;
}
const status = async (visit: Visit, plural: string, id = '') =>
  (await visit.api<{ status: string }>('GET', `/${plural}/${id}`)).status;
const only = async (visit: Visit, plural: string) =>
  (await visit.api<{ items: { id: string }[] }>('GET', `/${plural}`)).items[0]?.id ?? '';
/** Figures of the card on the file that is open. */
const figures = async (visit: Visit) => {
  const card = visit.page.locator('.money-card');
  const rows = await card.locator('dl > div').allTextContents();
  return Object.fromEntries(rows.map((row) => row.split('¥')));
};

describe('from the first lead to the money received', () => {
  it('a lead becomes a customer with a business', async () => {
    const { page } = seller;
    await page.goto(`/r/leads/${ids.lead}`);
    await press(seller, '转客户');
    await expect
      .poll(() => page.getByRole('dialog').getByLabel('客户名称').inputValue())
      .toBe('临安云栖仪表厂');
    await inDialog(seller, '转客户');
    ids.customer = await opened(seller, 'customers');
    ids.opportunity = await only(seller, 'opportunities');
  });

  it('a quote of it over the limit is agreed to on the phone', async () => {
    const { page } = seller;
    await page.goto(`/r/opportunities/${ids.opportunity}`);
    await press(seller, '报价');
    const cell = (label: string) => page.getByLabel(`第 1 行 ${label}`, { exact: false });
    await cell('产品').click();
    await page.keyboard.type('离心');
    await page.locator('.ant-select-item-option', { hasText: '离心水泵' }).click();
    await expect.poll(() => cell('单价').inputValue()).toBe('1000.00');
    await cell('折扣').fill('9');
    await cell('数量').fill('4');
    await inDialog(seller, '保存');
    ids.quote = await opened(seller, 'quotes');
    await press(seller, '提交审批');
    await expect.poll(() => status(seller, 'quotes', ids.quote)).toBe('approving');
    const phone = boss.page;
    await phone.setViewportSize({ width: 390, height: 844 });
    await phone.goto('/approvals?box=todo');
    await phone
      .getByRole('link', { name: /临安云栖仪表厂/ })
      .first()
      .click();
    expect(await seriousIn(phone)).toEqual([]);
    await phone.getByRole('button', { name: '同意' }).first().click();
    await expect.poll(() => status(boss, 'quotes', ids.quote)).toBe('approved');
  });

  it('the customer accepts it through his link', async () => {
    const { url } = await seller.api<{ url: string }>('POST', `/quotes/${ids.quote}/confirm-link`, {});
    const { page } = await journey.visit();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(url);
    await expect.poll(() => page.getByText('价税合计 ¥3,600.00').count()).toBe(1);
    await page.getByLabel('您的姓名').fill('苏晴');
    await page.getByRole('button', { name: '客户确认' }).click();
    await expect.poll(() => page.getByRole('status').filter({ hasText: '苏晴 已于' }).count()).toBe(1);
  });

  it('a contract and an order are made of it, and the goods go and arrive', async () => {
    const { page } = seller;
    await page.goto(`/r/quotes/${ids.quote}`);
    await press(seller, '生成合同');
    ids.contract = await opened(seller, 'contracts');
    await press(seller, '提交生效');
    await expect.poll(() => status(seller, 'contracts', ids.contract)).toBe('effective');
    await press(seller, '生成订单');
    ids.order = await opened(seller, 'orders');
    // Of the quote there is an order now: whoever wants another is asked, and led to it.
    await page.goto(`/r/quotes/${ids.quote}`);
    await press(seller, '生成订单');
    const asked = page.getByRole('dialog').filter({ hasText: '仍要再建一张？' });
    await expect.poll(() => asked.count()).toBe(1);
    expect(await seriousIn(page)).toEqual([]);
    await asked.getByRole('button', { name: /^打开 / }).click();
    await expect.poll(() => page.url()).toContain(`/r/orders/${ids.order}`);
    await press(seller, '确认订单');
    await expect.poll(() => status(seller, 'orders', ids.order)).toBe('confirmed');
    await press(seller, '安排发货');
    await inDialog(seller, '安排发货');
    ids.delivery = await opened(seller, 'deliveries');
    await press(seller, '发货');
    await page.getByRole('dialog').getByLabel('承运商').fill('顺丰');
    await inDialog(seller, '发货');
    await expect.poll(() => status(seller, 'deliveries', ids.delivery)).toBe('shipped');
    await press(seller, '确认收到');
    await inDialog(seller, '确认收到');
    await expect.poll(() => status(seller, 'orders', ids.order)).toBe('delivered');
  });

  it('is invoiced in part, by finance under its number', async () => {
    const { page } = seller;
    await page.goto(`/r/orders/${ids.order}`);
    await press(seller, '申请开票');
    await page.getByRole('dialog').getByLabel('第 1 行 数量', { exact: false }).fill('3');
    await inDialog(seller, '保存');
    await expect.poll(() => only(seller, 'invoices')).not.toBe('');
    await finance.page.goto(`/r/invoices/${await only(seller, 'invoices')}`);
    await press(finance, '开票');
    await finance.page.getByRole('dialog').getByLabel('发票号码（20 位）').fill('25332000000012345678');
    await inDialog(finance, '开票');
    await page.goto(`/r/contracts/${ids.contract}`);
    await expect
      .poll(() => figures(seller))
      .toMatchObject({ 已开票: '2,700.00', 已开票未回款: '2,700.00', 应收: '3,600.00' });
  });

  it('money of the bank is taken in, claimed by its proposal, and confirmed by finance', async () => {
    const { page } = finance;
    await page.goto('/claims');
    await press(finance, '导入银行流水');
    const statement =
      '交易日期,对方户名,收入金额,支出金额,流水号,摘要\n2026-11-20,临安云栖仪表厂,3600.00,,L20261120001,货款\n';
    await page
      .getByLabel('流水文件')
      .setInputFiles({ name: '工行.csv', mimeType: 'text/csv', buffer: Buffer.from(statement) });
    await inDialog(finance, '导入');
    await expect.poll(() => only(finance, 'bank-entries')).not.toBe('');
    await seller.page.goto('/claims');
    await press(seller, '认领');
    const likely = seller.page.getByRole('radio', { name: /临安云栖仪表厂/ }).first();
    await expect.poll(() => likely.count()).toBe(1);
    expect(await seriousIn(seller.page)).toEqual([]);
    await likely.check();
    await seller.page.getByLabel('金额（不填为全部）').fill('3000');
    await expect.poll(() => seller.page.getByText('部分付款，还欠 ¥600.00。').count()).toBe(1);
    await inDialog(seller, '认领');
    await page.goto('/claims');
    await press(finance, '确认到账');
    await expect
      .poll(
        async () =>
          (await only(finance, 'receipts')) && status(finance, 'receipts', await only(finance, 'receipts')),
      )
      .toBe('confirmed');
    await seller.page.goto(`/r/contracts/${ids.contract}`);
    await expect
      .poll(() => figures(seller))
      .toMatchObject({ 已回款: '3,000.00', 已开票: '2,700.00', 应收: '600.00', 未开票回款: '300.00' });
    await seller.page.getByRole('tab', { name: '核销记录' }).click();
    await expect.poll(() => seller.page.getByText('¥3,000.00').count()).toBeGreaterThan(1);
  });

  it('what is left of it is claimed too, and nothing is owed any more', async () => {
    const exactly = (visit: Visit) =>
      visit.page.getByRole('radio', { name: /临安云栖仪表厂.*金额正好/ }).first();
    for (const visit of [seller, finance]) {
      await visit.page.goto('/claims');
      await press(visit, '认领');
      await exactly(visit).check();
    }
    await inDialog(seller, '认领');
    // Who was slower sees it in the list behind his dialog, and is told by whom once he answers.
    await expect.poll(() => finance.page.getByRole('heading', { name: '待财务确认' }).count()).toBe(1);
    await inDialog(finance, '认领');
    await finance.page.getByRole('dialog').getByText('已认领这笔到账').waitFor();
    await inDialog(finance, '取消');
    await expect
      .poll(() => finance.page.getByRole('listitem').filter({ hasText: '600.00' }).allTextContents())
      .toEqual([expect.stringMatching(/(订单|合同).*提交/)]);
    await press(finance, '确认到账');
    await seller.page.goto(`/r/customers/${ids.customer}`);
    await expect
      .poll(() => figures(seller))
      .toMatchObject({ 已回款: '3,600.00', 应收: '0.00', 未开票回款: '900.00' });
  });
});

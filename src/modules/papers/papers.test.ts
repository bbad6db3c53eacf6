import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { p, partNames, row, tbl, word, wordText } from '../../platform/papers/testing/word.ts';
import { type Answer, type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';

let house: TestApp;
let boss: Person;
let contract: { id: string; number: string };
let customer: { id: string };
let other: { id: string };

const SEAL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const BODY =
  p('{我方.名称} 与 {客户.名称}') +
  tbl(row('{#明细}{序号}{名称}', '{数量}{单位}', '{含税金额}{/明细}')) +
  p('合计 {含税总额} {含税总额.大写}{印章}') +
  p('客户电话 {客户.电话}');

function send(who: Person, path: string, content: Buffer, fields: Record<string, string>): Promise<Answer> {
  const edge = '----guanxi-test';
  const parts = Object.entries(fields).map(
    ([key, value]) => `--${edge}\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  );
  const head = `${parts.join('')}--${edge}\r\ncontent-disposition: form-data; name="file"; filename="合同.docx"\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${edge}--\r\n`)]);
  return who.send('POST', path, payload, { 'content-type': `multipart/form-data; boundary=${edge}` });
}
const upload = (fields: Record<string, string>, body = BODY) =>
  send(boss, '/paper-templates', word(body), { kind: 'contract', ...fields });
const print = async (who: Person, kind: string, id: string, query = '') => {
  const answer = await who.get(`/papers/${kind}/${id}/file${query}`);
  return { status: answer.status, code: answer.body?.code, docx: answer.raw.rawPayload };
};

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  await boss.create('legal-entities', { name: '上海关系科技有限公司' });
  other = await boss.create('legal-entities', { name: '关系贸易公司' });
  customer = await boss.create('customers', { name: '杭州 <云帆> & 子公司', phone: '0571-88886666' });
  contract = (await boss.create('contracts', {
    customer: customer.id,
    lines: [
      { name: '铝合金<型材>', quantity: '3', price: '33.33', unit: 'piece', taxRate: '0.13' },
      { name: '安装', quantity: '1', price: '1000', taxRate: null },
    ],
  })) as unknown as typeof contract;
});
afterAll(() => house.stop());

test('before there is a template, printing says what to do', async () => {
  expect((await boss.get(`/papers/contract/${contract.id}`)).body).toMatchObject({ templates: [] });
  expect(await print(boss, 'contract', contract.id)).toMatchObject({
    status: 409,
    code: 'paper_no_template',
  });
  expect((await boss.get(`/papers/nothing/${contract.id}`)).status).toBe(404);
});

describe('a template', () => {
  test('with an unknown word is refused, and the word told with its place', async () => {
    const { status, body } = await upload({ name: '坏模板' }, p('{客户.不存在}'));
    expect(status).toBe(422);
    expect(body.errors[0]).toMatchObject({ path: 'file', code: 'paper_unknown' });
    expect(body.errors[0].message).toContain('客户.不存在');
    expect((await boss.get('/paper-templates')).body.items).toEqual([]);
    expect((await upload({ name: 'x', legalEntity: customer.id })).status).toBe(422);
    expect((await upload({ name: 'x', kind: 'nothing' })).status).toBe(404);
    expect((await upload({ name: 'x', validFrom: 'soon' })).status).toBe(422);
    expect((await boss.post('/paper-templates', {})).status).toBe(415);
  });

  test('is kept by administrators only', async () => {
    const reader = await house.person({ entities: { '*': { actions: { read: 'all' } } } } as never, {
      name: '周读',
    });
    for (const path of [
      '/paper-templates',
      '/paper-kinds/contract/placeholders',
      '/paper-kinds/contract/sample',
    ])
      expect((await reader.get(path)).status).toBe(403);
    expect((await send(reader, '/paper-templates', word(BODY), { kind: 'contract', name: 'x' })).status).toBe(
      403,
    );
  });

  test('prints the contract: names, lines, sums, the amount in capitals, and who printed it is told', async () => {
    expect((await upload({ name: '标准合同' })).status).toBe(201);
    const { docx, status } = await print(boss, 'contract', contract.id);
    expect(status).toBe(200);
    expect(wordText(docx).split('\n')).toEqual([
      '上海关系科技有限公司 与 杭州 <云帆> & 子公司',
      '1铝合金<型材>',
      '3件',
      '¥99.99',
      '2安装',
      '1',
      '¥1,000.00',
      '合计 ¥1,099.99 人民币壹仟零玖拾玖元玖角玖分',
      '客户电话 0571-88886666',
      '',
    ]);
    const { items } = (await boss.get(`/audit?entity=contract&recordId=${contract.id}`)).body;
    expect(items[0]).toMatchObject({
      action: 'export',
      note: expect.stringContaining('标准合同 (1) · docx'),
    });
  });

  test('leaves prices out where that is asked, and shows nobody what he may not see', async () => {
    const without = wordText((await print(boss, 'contract', contract.id, '?prices=false')).docx);
    expect(without).toContain('铝合金<型材>');
    expect(without).toContain('合计 — —');
    expect(without).not.toMatch(/99\.99|1,000/);
    const actions = { read: 'all' } as const;
    const reader = await house.person(
      {
        entities: {
          contract: { actions, fields: { total: 'hidden' } },
          contractLine: { actions: {}, fields: { gross: 'hidden' } },
          customer: { actions, fields: { phone: 'masked' } },
        },
      } as never,
      { name: '林小雨' },
    );
    const seen = wordText((await print(reader, 'contract', contract.id)).docx);
    expect(seen).toContain('合计 — —');
    expect(seen).toContain('客户电话 —'.slice(0, 4));
    expect(seen).not.toMatch(/99\.99|1,000|88886666/);
    const stranger = await house.person(
      { entities: { contract: { actions: { read: 'self' } } } },
      { name: '赵磊' },
    );
    expect((await print(stranger, 'contract', contract.id)).status).toBe(404);
    expect((await stranger.get(`/papers/contract/${contract.id}`)).status).toBe(404);
  });

  test('bears the seal only once the contract is in force', async () => {
    await boss.put('/quote-seal', { image: SEAL });
    expect(partNames((await print(boss, 'contract', contract.id)).docx)).not.toContain(
      'word/media/guanxi-seal.png',
    );
    await boss.post(`/contracts/${contract.id}/submit`);
    const { status } = (await boss.get(`/contracts/${contract.id}`)).body;
    expect(status).toBe('effective');
    expect(partNames((await print(boss, 'contract', contract.id)).docx)).toContain(
      'word/media/guanxi-seal.png',
    );
  });

  test('has versions that hold from their day, and the one for the legal entity goes first', async () => {
    const { items } = (await boss.get('/paper-templates')).body;
    const standard = items.find(({ name }: { name: string }) => name === '标准合同');
    const add = (text: string, fields: Record<string, string>) =>
      send(boss, `/paper-templates/${standard.id}/versions`, word(p(text)), fields);
    expect((await add('第二版 {编号}', { note: '改了条款' })).body).toMatchObject({ edition: 2 });
    expect((await add('明年 {编号}', { validFrom: '2099-01-01' })).body).toMatchObject({ edition: 3 });
    expect(wordText((await print(boss, 'contract', contract.id)).docx)).toBe(`第二版 ${contract.number}\n`);
    await upload({ name: '贸易公司合同', legalEntity: other.id, usual: 'true' }, p('贸易 {编号}'));
    expect(wordText((await print(boss, 'contract', contract.id)).docx)).toContain('第二版');
    const traded = await boss.create('contracts', { customer: customer.id, legalEntity: other.id });
    const offered = (await boss.get(`/papers/contract/${traded.id}`)).body.templates;
    expect(offered.map(({ name }: { name: string }) => name)).toEqual(['贸易公司合同', '标准合同']);
    expect(wordText((await print(boss, 'contract', traded.id)).docx)).toContain('贸易 HT-');
    const chosen = await print(boss, 'contract', traded.id, `?template=${standard.id}`);
    expect(wordText(chosen.docx)).toContain('第二版');
    // One of another legal entity is none for this contract.
    expect((await print(boss, 'contract', contract.id, `?template=${offered[0].id}`)).status).toBe(404);
    const back = await boss.get(`/paper-templates/${standard.id}/versions/3/content`);
    expect(wordText(back.raw.rawPayload)).toBe('明年 {编号}\n');
  });

  test('is retired, made usual and named anew', async () => {
    const { items } = (await boss.get('/paper-templates')).body;
    const standard = items.find(({ name }: { name: string }) => name === '标准合同');
    await upload({ name: '另一份', usual: 'true' }, p('另一份'));
    expect(wordText((await print(boss, 'contract', contract.id)).docx)).toBe('另一份\n');
    const body = { name: '老合同', legalEntity: null, department: null, usual: true, retired: false };
    expect((await boss.put(`/paper-templates/${standard.id}`, body)).status).toBe(200);
    expect(wordText((await print(boss, 'contract', contract.id)).docx)).toContain('第二版');
    await boss.put(`/paper-templates/${standard.id}`, { ...body, usual: false, retired: true });
    expect(wordText((await print(boss, 'contract', contract.id)).docx)).toBe('另一份\n');
    expect((await boss.put(`/paper-templates/${customer.id}`, body)).status).toBe(404);
  });

  test('for a department is there for its records and those below', async () => {
    const east = await house.department('华东区');
    const hangzhou = await house.department('杭州组', east);
    const seller = await house.person(
      { entities: { '*': { actions: { read: 'self', create: 'self', update: 'self' } } } } as never,
      { name: '钱多', department: hangzhou },
    );
    const his = await seller.create('customers', { name: '宁波海辰' });
    const deal = await seller.create('contracts', { customer: his.id });
    await upload({ name: '华东合同', department: east }, p('华东 {客户.名称}'));
    expect(wordText((await print(seller, 'contract', deal.id)).docx)).toBe('华东 宁波海辰\n');
    expect(wordText((await print(boss, 'contract', contract.id)).docx)).toBe('另一份\n');
  });
});

test.each(['quote', 'contract', 'order', 'delivery', 'invoice', 'approval'])(
  'the example for %s can be uploaded as it is, and its words are listed',
  async (kind) => {
    for (const language of ['zh', 'en']) {
      const sample = await boss.get(`/paper-kinds/${kind}/sample?language=${language}`);
      expect(sample.status).toBe(200);
      const { status, body } = await send(boss, '/paper-templates', sample.raw.rawPayload, {
        kind,
        name: `例 ${kind}`,
      });
      expect([status, body.errors]).toEqual([201, undefined]);
    }
    const { items } = (await boss.get(`/paper-kinds/${kind}/placeholders?language=zh`)).body;
    expect(items.length).toBeGreaterThan(10);
    expect(items.map(({ placeholder }: { placeholder: string }) => placeholder)).not.toContain('{成本}');
    const csv = await boss.get(`/paper-kinds/${kind}/placeholders?language=zh&format=csv`);
    expect(String(csv.body)).toContain('{编号}');
  },
);

test('quotes, orders and deliveries print from their examples', async () => {
  const lines = [{ name: '轴承', quantity: '2', price: '50', unit: 'piece' }];
  const quote = await boss.create('quotes', { customer: customer.id, lines });
  expect(wordText((await print(boss, 'quote', quote.id)).docx)).toContain('¥100.00');
  const order = (await boss.create('orders', { customer: customer.id, lines })) as unknown as {
    id: string;
    lines: { id: string }[];
  };
  expect(wordText((await print(boss, 'order', order.id)).docx)).toContain('人民币壹佰元整');
  await boss.post(`/orders/${order.id}/confirm`);
  const delivery = await boss.create('deliveries', {
    order: order.id,
    lines: [{ orderLine: order.lines[0]?.id, quantity: '2' }],
  });
  const note = wordText((await print(boss, 'delivery', delivery.id, '?prices=false')).docx);
  expect(note).toContain('轴承');
  expect(note).toContain('件');
  expect(note).not.toContain('100.00');
});

test('without LibreOffice on the server, PDF is refused with what to do instead', async () => {
  const { pdf } = (await boss.get(`/papers/contract/${contract.id}`)).body;
  if (pdf) return;
  expect(await print(boss, 'contract', contract.id, '?format=pdf')).toMatchObject({
    status: 409,
    code: 'paper_no_office',
  });
});

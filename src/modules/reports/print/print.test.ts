import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '../../../platform/context/day.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { pagesOf } from '../../../platform/testing/pdf.ts';
import { recording } from '../../../platform/testing/statements.ts';
import { teamReports } from '../report/team.ts';

let house: TestApp;
let manager: Person;
let seller: Person;
let report: string;
let today: string;

const records = ['customer', 'activity', 'task', 'promise'];
const own = { actions: { read: 'self', create: 'self', update: 'self' } } as const;
const selling = {
  entities: Object.fromEntries([...records, 'workReport'].map((name) => [name, own])),
};
const managing = (more: object = {}) => ({
  entities: {
    workReport: { actions: { read: 'department', export: 'department', create: 'self' } as const, ...more },
  },
});
let department: string;

beforeAll(async () => {
  house = await startTestApp();
  department = await house.department('销售部');
  seller = await house.person(selling, { name: '赵磊', department });
  await house.person(selling, { name: '孙悦', department });
  manager = await house.person(managing(), { name: '周主管', department });
  today = dayOf(await house.context());
  await seller.create('activities', { kind: 'call', content: '问候' });
});
afterAll(() => house.stop());

const print = async (who: Person, path: string) => {
  const answer = await who.get(`/work-reports/${path}`);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
  return (await pagesOf(answer.raw.rawPayload)).join('');
};

describe('one’s own report', () => {
  test('is a draft until it is handed in', async () => {
    await seller.put('/work-reports/mine', { kind: 'day', words: '见了王总' });
    const text = await print(seller, 'mine/pdf?kind=day');
    for (const part of ['日报', '赵磊', today, '联系客户', '见了王总', '草稿']) expect(text).toContain(part);
    const handed = await seller.post('/work-reports/mine/hand-in', { kind: 'day', plan: '明天寄合同' });
    report = handed.body.report.id;
    const final = await print(seller, `${report}/pdf`);
    expect(final).toContain('明天寄合同');
    expect(final).not.toContain('草稿');
  });

  test('of a week tells from Monday to Sunday', async () => {
    expect(await print(seller, 'mine/pdf?kind=week&date=2026-11-18')).toContain('2026-11-16 – 2026-11-22');
  });
});

describe('the report of somebody else', () => {
  test('is printed by whoever may take reports out, and that is written down', async () => {
    expect(await print(manager, `${report}/pdf`)).toContain('见了王总');
    const { items } = (await house.administrator.get(`/audit?entity=workReport&action=export`)).body;
    expect(items[0]).toMatchObject({ recordId: report, actor: { id: manager.id } });
  });

  test('leaves out what the reader may not see', async () => {
    const blind = await house.person(managing({ fields: { words: 'hidden', figures: 'hidden' } }), {
      name: '郑副主管',
      department,
    });
    for (const path of [`${report}/pdf`, 'team/pdf?kind=day']) {
      const text = await print(blind, path);
      expect(text).toContain('赵磊');
      expect(text).not.toContain('见了王总');
      expect(text).not.toContain('联系客户');
    }
    const { items } = (await blind.get(`/work-reports/${report}/figures`)).body;
    expect(items).toEqual([]);
  });

  test.each([
    ['who may read but not take out', { actions: { read: 'department' } as const }, 403],
    ['who may take out his own only', { actions: { read: 'department', export: 'self' } as const }, 403],
    ['who does not see it', { actions: { read: 'self', export: 'self' } as const }, 404],
  ])('is refused to %s', async (_who, workReport, status) => {
    const other = await house.person({ entities: { workReport } }, { name: '外人', department });
    expect((await other.get(`/work-reports/${report}/pdf`)).status).toBe(status);
  });

  test('being written is nobody else’s', async () => {
    await seller.put('/work-reports/mine', { kind: 'week', words: '还没写完' });
    const { id } = (await seller.get('/work-reports/mine?kind=week')).body.report;
    expect((await manager.get(`/work-reports/${id}/pdf`)).status).toBe(404);
    expect((await seller.get(`/work-reports/${id}/pdf`)).status).toBe(200);
  });
});

describe('the team', () => {
  test('is one page: who has handed in, who has not, and what it comes to', async () => {
    const text = await print(manager, 'team/pdf?kind=day');
    for (const part of ['团队日报', '赵磊', '孙悦', '见了王总', '合计']) expect(text).toContain(part);
    expect(text).toMatch(/已交：1 \/ \d/);
    expect(text).toMatch(/未交：.*孙悦/);
  });

  test('of forty asks the database no more often than one of three', async () => {
    const asked = async () => {
      const { ctx, statements } = recording(await house.contextOf(manager), house.services.pool);
      const lines = await teamReports(ctx, { kind: 'day', date: today });
      return { statements: statements.length, people: lines.length };
    };
    const few = await asked();
    for (let at = 0; at < 40; at++) await house.person(selling, { name: `同事${at}`, department });
    const many = await asked();
    expect(many.people).toBe(few.people + 40);
    expect(many.statements).toBe(few.statements);
  });
});

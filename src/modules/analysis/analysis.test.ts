import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Permissions } from '../../platform/access/permissions.ts';
import { fileOf } from '../../platform/imports/testing/files.ts';
import { executeJob } from '../../platform/jobs/execute.ts';
import { addJob, type JobSpec } from '../../platform/jobs/job.ts';
import { openTable } from '../../platform/tabular/read.ts';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { pagesOf } from '../../platform/testing/pdf.ts';
import { aheadJob } from './run/ahead.ts';
import { answerJob } from './run/answer.ts';

let house: TestApp;
let admin: Person;
let east: string;
let manager: Person;
let seller: Person;

const rights = (read: 'self' | 'department', more: object = {}): Permissions => ({
  entities: {
    customer: { actions: { read, create: read } },
    opportunity: { actions: { read, create: read, ...more } },
    savedReport: { actions: { read, create: 'self', update: 'self', share: 'self' } },
    dashboard: { actions: { read, create: 'self', update: 'self', share: 'self' } },
    stage: { actions: { read: 'all' } },
    pipeline: { actions: { read: 'all' } },
  },
});

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  east = await house.department('华东');
  manager = await house.person(rights('department', { export: 'department' }), {
    name: '周主管',
    department: east,
  });
  seller = await house.person(rights('self'), { name: '赵磊', department: east });
  for (const [owner, city, amount] of [
    [seller, '杭州', '100'],
    [seller, '苏州', '50'],
    [manager, '杭州', '25'],
    [admin, '北京', '7'],
  ] as const) {
    const customer = await admin.create('customers', { name: `${city}${amount}公司`, city, owner: owner.id });
    await admin.create('opportunities', {
      customer: customer.id,
      owner: owner.id,
      amount: { amount, currency: 'CNY' },
    });
  }
});
afterAll(() => house.stop());

const byCity = {
  entity: 'opportunity',
  rows: [{ field: 'customer.city' }],
  values: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }],
};
const answer = (who: Person, source: object = { query: byCity }) => who.post('/analysis/answer', { source });
const told = async (who: Person, source?: object) => {
  const { status, body } = await answer(who, source);
  expect(status).toBe(200);
  return body.lines.map(({ keys, total }: { keys: { label: string }[]; total: string[] }) => [
    keys[0]?.label,
    ...total.map(Number),
  ]);
};

describe('an answer', () => {
  test('is of what each reader may see', async () => {
    expect(await told(seller)).toEqual([
      ['杭州', 1, 100],
      ['苏州', 1, 50],
    ]);
    expect(await told(manager)).toEqual([
      ['杭州', 2, 125],
      ['苏州', 1, 50],
    ]);
    expect(await told(admin)).toHaveLength(3);
  });

  test('of a report that is brought along goes by what was chosen', async () => {
    const source = { shipped: 'openPipeline', by: 2 };
    expect(await told(manager, source)).toEqual([
      ['赵磊', 150, 2, 75],
      ['周主管', 25, 1, 25],
    ]);
  });

  test.each<[string, object, number]>([
    ['nothing known', { shipped: 'nothing' }, 404],
    ['somebody else’s', { saved: '00000000-0000-7000-8000-000000000000' }, 404],
    ['half a question', { query: { entity: 'opportunity' } }, 422],
    ['too many groups', { query: { ...byCity, rows: Array(5).fill({ field: 'status' }) } }, 422],
  ])('to %s is refused', async (_what, source, status) => {
    expect((await answer(manager, source)).status).toBe(status);
  });

  test('can be worked out as a job, and is then there for who asked', async () => {
    const { status, body } = await manager.post('/analysis/later', { source: { query: byCity } });
    expect(status).toBe(202);
    await executeJob(house.services, answerJob, body.jobId, new AbortController().signal);
    const { body: job } = await manager.get(`/jobs/${body.jobId}`);
    expect(job.state).toBe('done');
    await admin.create('opportunities', { owner: manager.id, name: '后来的' });
    // The kept answer is shown with its age; a new one is a new look.
    const kept = (await answer(manager)).body;
    expect(kept.totals.all[0]).toBe('3');
    const fresh = await manager.post('/analysis/answer', { source: { query: byCity }, fresh: true });
    expect(fresh.body.totals.all[0]).toBe('4');
    expect((await answer(admin)).body.totals.all[0]).toBe('5');
  });

  test('of yesterday is shown with its age, and worked out again at night for whoever still looks', async () => {
    const { services } = house;
    const run = (spec: JobSpec, id: string) => executeJob(services, spec, id, new AbortController().signal);
    const waiting = async () =>
      (
        await sql<{ id: string; by: string }>`select id, created_by as by from job
          where name = 'analysis.answer' and state = 'queued'`.execute(services.db)
      ).rows;
    await sql`update analysis_answer set answer = jsonb_set(answer, '{at}', to_jsonb(now() - interval '20 hours'))`.execute(
      services.db,
    );
    const old = (await answer(manager)).body;
    expect([old.totals.all[0], old.refreshing]).toEqual(['3', true]);
    const [asked, ...more] = await waiting();
    expect([asked?.by, more]).toEqual([manager.id, []]);
    await run(answerJob, asked!.id);
    expect((await answer(manager)).body).toHaveProperty('totals.all.0', '4');

    const deal = await admin.create('opportunities', { owner: manager.id, name: '夜里之前的' });
    await sql`update analysis_answer set at = now() - interval '20 hours'`.execute(services.db);
    const night = await addJob(await house.context(), 'analysis.ahead', {});
    await run(aheadJob, night);
    const [ahead] = await waiting();
    expect(ahead?.by).toBe(manager.id);
    await run(answerJob, ahead!.id);
    const morning = (await answer(manager)).body;
    expect([morning.totals.all[0], morning.refreshing]).toEqual(['5', undefined]);

    await sql`update analysis_answer set asked_at = now() - interval '15 days', at = now() - interval '20 hours'`.execute(
      services.db,
    );
    await run(aheadJob, await addJob(await house.context(), 'analysis.ahead', {}));
    expect(await waiting()).toEqual([]);
    await admin.delete(`/opportunities/${deal.id}`);
  });
});

describe('a kept report', () => {
  const definition = { query: byCity, chart: 'bar' };
  test('is checked when it is kept', async () => {
    const bad = { query: { ...byCity, rows: [{ field: 'customer.nothing' }] } };
    const { status, body } = await seller.post('/saved-reports', { name: '坏', definition: bad });
    expect([status, body.errors[0].path]).toEqual([422, 'definition.query.rows.0.field']);
  });

  test('is used by its owner, by whom it is shared with, and by roles; each sees his own numbers', async () => {
    const made = await manager.create('saved-reports', { name: '按城市', definition });
    const source = { saved: made.id };
    expect((await answer(seller, source)).status).toBe(404);
    await manager.post(`/saved-reports/${made.id}/share`, { user: seller.id, access: 'read' });
    expect(await told(seller, source)).toHaveLength(2);
    const role = (await admin.get(`/users/${seller.id}`)).body.roles[0].id;
    const given = await admin.create('saved-reports', { name: '全公司', definition, roles: [role] });
    expect(await told(seller, { saved: given.id })).toHaveLength(2);
    const { saved, shipped } = (await seller.get('/analysis/catalogue')).body;
    expect(saved.map(({ name }: { name: string }) => name)).toEqual(['按城市', '全公司']);
    // He may not read what people do, so what stands beside it is not offered.
    const names = shipped.map(({ name }: { name: string }) => name);
    expect(names).toContain('ranking');
    expect(names).not.toContain('activityAndResults');
    expect((await seller.get(`/saved-reports/${given.id}`)).status).toBe(404);
  });
});

describe('a dashboard', () => {
  const tiles = [{ id: 'a', source: { shipped: 'ranking', period: 'thisYear' }, width: 6, height: 1 }];
  test('is seen by its owner and by the roles it is given to, first by those who begin with it', async () => {
    const own = await seller.create('dashboards', { name: '我的', tiles });
    const role = (await admin.get(`/users/${seller.id}`)).body.roles[0].id;
    const home = await admin.create('dashboards', { name: '销售首页', tiles, homeOf: [role] });
    const { items } = (await seller.get('/analysis/dashboards')).body;
    expect(items.map(({ id, home: first }: { id: string; home: boolean }) => [id, first])).toEqual([
      [home.id, true],
      [own.id, false],
    ]);
    expect((await seller.get(`/analysis/dashboards/${home.id}`)).body.tiles).toEqual(tiles);
    expect((await manager.get(`/analysis/dashboards/${home.id}`)).status).toBe(404);
  });

  test.each([
    ['no source', [{ id: 'a', width: 6, height: 1 }]],
    ['a width of its own', [{ ...tiles[0], width: 5 }]],
    ['two of one name', [tiles[0], tiles[0]]],
  ])('is not kept with %s', async (_what, bad) => {
    expect((await seller.post('/dashboards', { name: '坏', tiles: bad })).status).toBe(422);
  });
});

describe('a file', () => {
  const file = (who: Person, format: string) =>
    who.get(
      `/analysis/file?format=${format}&source=${encodeURIComponent(JSON.stringify({ query: byCity }))}`,
    );
  test('holds what one may take out, and the audit says so', async () => {
    const { raw, status } = await file(manager, 'xlsx');
    expect(status).toBe(200);
    const rows: string[][] = [];
    const table = await openTable(fileOf(raw.rawPayload, 'report.xlsx'));
    for await (const row of table.rows()) rows.push(row.cells.map((cell) => String(cell.text ?? '')));
    expect(rows.at(-1)).toEqual(['合计', '4', '175']);
    const { items } = (await admin.get('/audit?entity=opportunity&action=export')).body;
    expect(items[0]).toMatchObject({ actor: { id: manager.id } });
  });

  test('as a page', async () => {
    const { raw } = await file(manager, 'pdf');
    const text = (await pagesOf(raw.rawPayload)).join('');
    for (const part of ['杭州', '125.00', '合计', '云鹤']) expect(text).toContain(part);
  });

  test('is refused to whoever may only look', async () => {
    expect((await file(seller, 'xlsx')).body).toMatchObject({ status: 403, code: 'export_forbidden' });
  });
});

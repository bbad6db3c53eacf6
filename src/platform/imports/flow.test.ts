import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personContext } from '../../modules/organisation/public.ts';
import { exportJobs } from '../exports/jobs.ts';
import { type JobRunner, startJobs } from '../jobs/worker.ts';
import { eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { importJobs } from './jobs.ts';
import { csv } from './testing/files.ts';

let app: TestApp;
let runner: JobRunner;

beforeAll(async () => {
  app = await startTestApp();
  runner = await startJobs(app.services, [...importJobs(personContext), ...exportJobs(personContext)]);
});
afterAll(async () => {
  await runner?.stop();
  await app?.stop();
});

/** Sends a file as a browser's form does. */
async function upload(person: Person, entity: string, content: string, fileName = '客户.csv') {
  const boundary = randomBytes(12).toString('hex');
  const field = `--${boundary}\r\ncontent-disposition: form-data; name="entity"\r\n\r\n${entity}\r\n`;
  const file = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: text/csv\r\n\r\n${content}\r\n--${boundary}--\r\n`;
  const raw = await app.server.inject({
    method: 'POST',
    url: '/api/v1/imports',
    headers: {
      authorization: `Bearer ${person.key}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    payload: field + file,
  });
  return { status: raw.statusCode, body: JSON.parse(raw.body) };
}

const settled = (person: Person, id: string, ...states: string[]) =>
  eventually(async () => {
    const { body } = await person.get(`/imports/${id}`);
    return (states.includes(body.state) || body.error) && body;
  }, 30);

const all = (...actions: string[]) => ({
  actions: Object.fromEntries(actions.map((action) => [action, 'all' as const])),
});

describe('the guided flow', () => {
  test('upload, decide, check, run, see the failed rows, take back', async () => {
    const me = app.administrator;
    const sent = await upload(
      me,
      'customer',
      csv(
        ['名称', '电话', '日子'],
        ['流程一有限公司', '13800138000', 'x'],
        ['流程二有限公司', '1.38E+10', 'y'],
      ),
    );
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({
      state: 'mapping',
      fileName: '客户.csv',
      headers: ['名称', '电话', '日子'],
      mapping: [
        { header: '名称', field: 'name' },
        { header: '电话', field: 'phone' },
        { header: '日子', field: null },
      ],
      samples: [
        ['流程一有限公司', '流程二有限公司'],
        ['13800138000', '1.38E+10'],
        ['x', 'y'],
      ],
      questions: [],
    });
    const { id } = sent.body;
    const decided = await me.patch(`/imports/${id}`, {
      mapping: [{ header: '日子', field: 'remark' }],
      onDuplicate: 'update',
    });
    expect(decided.body.mapping[2]).toMatchObject({ field: 'remark' });
    expect((await me.post(`/imports/${id}/check`)).status).toBe(202);
    expect(await settled(me, id, 'checked')).toMatchObject({ counts: { total: 2, created: 1, failed: 1 } });
    const planned = await me.get(`/imports/${id}/rows?outcome=failed`);
    expect(planned.body.items).toMatchObject([
      { line: 3, reasons: [{ field: 'phone', code: 'spreadsheet_damage' }] },
    ]);
    expect((await me.post(`/imports/${id}/run`)).status).toBe(202);
    expect(await settled(me, id, 'done')).toMatchObject({
      counts: { created: 1, failed: 1 },
      progress: { done: 2, total: 2, searchable: 2 },
    });
    const found = await me.get(`/customers?q=${encodeURIComponent('流程一')}`);
    expect(found.body.items).toMatchObject([{ name: '流程一有限公司', remark: 'x' }]);
    const result = await me.get(`/imports/${id}/result`);
    expect(result.body).toContain('流程二有限公司');
    expect((await me.post(`/imports/${id}/run`)).body.code).toBe('import_in_state');
    await me.post(`/imports/${id}/undo`);
    await settled(me, id, 'undone');
    expect((await me.get(`/customers/${found.body.items[0].id}`)).status).toBe(404);
    expect((await me.get('/imports?entity=customer')).body.items[0]).toMatchObject({ id, state: 'undone' });
  });

  test('what will become of the lines is told by name, page by page, also where parents come first', async () => {
    const me = app.administrator;
    const { body } = await upload(
      me,
      'customer',
      csv(
        ['名称', '上级公司'],
        ['页一孙有限公司', '页二父有限公司'],
        ['页二父有限公司', '页三祖有限公司'],
        ['页三祖有限公司', ''],
      ),
    );
    expect((await me.post(`/imports/${body.id}/check`)).status).toBe(202);
    await settled(me, body.id, 'checked');
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null && seen.length < 9; ) {
      const page = await me.get(`/imports/${body.id}/rows?limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.items.map((row: { line: number; title: string }) => `${row.line} ${row.title}`));
      cursor = page.body.nextCursor;
    }
    expect(seen.sort()).toEqual(['2 页一孙有限公司', '3 页二父有限公司', '4 页三祖有限公司']);
  });

  test('open questions are answered before the check', async () => {
    const me = app.administrator;
    const { body } = await upload(me, 'task', csv(['任务', '截止日期'], ['问日期', '3/5/2024']));
    expect(body.questions).toMatchObject([{ code: 'which_date_order' }]);
    expect((await me.post(`/imports/${body.id}/check`)).body).toMatchObject({
      code: 'import_asks',
      questions: [{ column: '截止日期' }],
    });
    expect((await me.patch(`/imports/${body.id}`, { answers: { dateOrder: 'dmy' } })).body.questions).toEqual(
      [],
    );
    expect((await me.post(`/imports/${body.id}/check`)).status).toBe(202);
    await settled(me, body.id, 'checked');
  });

  test.each([
    ['a field nobody has', { mapping: [{ header: '名称', field: 'nothing' }] }],
    ['a column the file has not', { mapping: [{ header: '没有', field: 'name' }] }],
    [
      'one field twice',
      {
        mapping: [
          { header: '名称', field: 'name' },
          { header: '电话', field: 'name' },
        ],
      },
    ],
    ['a key that cannot be looked up', { mode: 'upsert', key: 'remark' }],
  ])('%s is refused', async (_what, decision) => {
    const me = app.administrator;
    const { body } = await upload(me, 'customer', csv(['名称', '电话'], ['拒绝有限公司', '']));
    const patched = await me.patch(`/imports/${body.id}`, decision);
    expect(patched).toMatchObject({ status: 422, body: { code: 'invalid' } });
  });

  test.each([
    ['an empty file', 'customer', '', 422],
    ['no such record type', 'nothing', 'a,b\n1,2', 422],
    ['no table', 'customer', '<html><body>登录</body></html>', 422],
  ])('%s: refused and nothing kept', async (_what, entity, content, status) => {
    const before = (await app.administrator.get('/imports')).body.items.length;
    expect((await upload(app.administrator, entity, content)).status).toBe(status);
    expect((await app.administrator.get('/imports')).body.items).toHaveLength(before);
  });

  test('a template of today’s fields imports by itself', async () => {
    const text = (await app.administrator.get('/imports/template/customer?format=csv')).body as string;
    const headers = text.replace('\ufeff', '').trim().split(',');
    expect(headers[0]).toBe('客户名称');
    expect(headers).toContain('联系人姓名');
    const row = headers.map((header) =>
      header === '客户名称' ? '模板有限公司' : header === '联系人姓名' ? '模板人' : '',
    );
    const sent = await upload(app.administrator, 'customer', `${headers.join(',')}\n${row.join(',')}`);
    expect(sent.body.mapping.filter((column: { field: string | null }) => column.field === null)).toEqual([]);
    expect(
      (await app.administrator.get('/imports/template/customer')).raw.rawPayload.subarray(0, 2).toString(),
    ).toBe('PK');
  });

  test('mappings are kept for the next file', async () => {
    const other = await app.person({ entities: { customer: all('read', 'create', 'import') } });
    const definition = { mapping: [{ header: '单位名称', field: 'name' }] };
    const kept = await other.post('/import-mappings', { entity: 'customer', name: '老系统', definition });
    expect(kept.status).toBe(201);
    expect((await other.get('/import-mappings?entity=customer')).body.items).toMatchObject([
      { name: '老系统', definition, mine: true },
    ]);
    expect((await app.administrator.get('/import-mappings')).body.items).toEqual([]);
    expect((await other.delete(`/import-mappings/${kept.body.id}`)).status).toBe(204);
  });
});

describe('rights', () => {
  const file = csv(['名称', '电话', '负责人'], ['权限有限公司', '13800138111', '']);

  test('reading and creating is not importing', async () => {
    const reader = await app.person({ entities: { customer: all('read', 'create', 'update') } });
    expect(await upload(reader, 'customer', file)).toMatchObject({
      status: 403,
      body: { code: 'import_forbidden' },
    });
    expect((await reader.get('/imports/template/customer')).status).toBe(403);
  });

  test('another’s import does not exist', async () => {
    const { body } = await upload(app.administrator, 'customer', file);
    const other = await app.person({ entities: { customer: all('read', 'create', 'import') } });
    for (const path of ['', '/rows', '/result'])
      expect((await other.get(`/imports/${body.id}${path}`)).status).toBe(404);
    for (const step of ['check', 'run', 'undo'])
      expect((await other.post(`/imports/${body.id}/${step}`)).status).toBe(404);
  });

  test('a salesperson imports what is his; others’ rows fail; hidden fields are no columns', async () => {
    const own = {
      actions: { read: 'self', create: 'self', update: 'self', import: 'self' } as const,
      fields: { phone: 'hidden' } as const,
    };
    const seller = await app.person({ entities: { customer: own, user: all('read') } }, { name: '销售甲' });
    await app.person({ entities: {} }, { name: '销售乙' });
    const sent = await upload(
      seller,
      'customer',
      csv(
        ['名称', '电话', '负责人'],
        ['甲的有限公司', '13800138222', '销售甲'],
        ['乙的有限公司', '', '销售乙'],
      ),
    );
    expect(sent.body.mapping[1]).toMatchObject({ header: '电话', field: null });
    await seller.post(`/imports/${sent.body.id}/check`);
    await settled(seller, sent.body.id, 'checked');
    await seller.post(`/imports/${sent.body.id}/run`);
    expect(await settled(seller, sent.body.id, 'done')).toMatchObject({
      counts: { total: 2, created: 1, failed: 1 },
    });
    expect(
      (await seller.get(`/imports/${sent.body.id}/rows?outcome=failed`)).body.items[0].reasons,
    ).toMatchObject([{ code: 'outside_scope' }]);
    const [made] = (await app.administrator.get(`/customers?q=${encodeURIComponent('甲的有限公司')}`)).body
      .items;
    expect(made).toMatchObject({ phone: null, owner: { id: seller.id } });
  });

  test('a duplicate outside the scope is neither shown nor changed', async () => {
    await app.administrator.create('customers', { name: '别人的有限公司', city: '杭州' });
    const own = { actions: { read: 'self', create: 'self', update: 'self', import: 'self' } as const };
    const seller = await app.person({ entities: { customer: own, user: all('read') } });
    const sent = await upload(seller, 'customer', csv(['名称', '城市'], ['别人的有限公司', '宁波']));
    await seller.patch(`/imports/${sent.body.id}`, { onDuplicate: 'update' });
    await seller.post(`/imports/${sent.body.id}/check`);
    expect(await settled(seller, sent.body.id, 'checked')).toMatchObject({ counts: { failed: 1 } });
    expect((await seller.get(`/imports/${sent.body.id}/rows`)).body.items[0].reasons).toMatchObject([
      { code: 'duplicate_out_of_scope' },
    ]);
  });

  test('a right withdrawn between upload and run ends it', async () => {
    const seller = await app.person({ entities: { customer: all('read', 'create', 'import') } });
    const sent = await upload(seller, 'customer', csv(['名称'], ['撤权有限公司']));
    await seller.post(`/imports/${sent.body.id}/check`);
    await settled(seller, sent.body.id, 'checked');
    const user = (await app.administrator.get(`/users/${seller.id}`)).body;
    await app.administrator.patch(`/roles/${user.roles[0].id}`, {
      permissions: { entities: { customer: all('read', 'create') } },
    });
    expect((await seller.post(`/imports/${sent.body.id}/run`)).body.code).toBe('import_forbidden');
  });
});

describe('exports', () => {
  const take = async (person: Person, body: object) => {
    const asked = await person.post('/exports', body);
    if (asked.status !== 202) return asked;
    await eventually(async () => (await person.get(`/exports/${asked.body.id}`)).body.state === 'done', 30);
    return { ...(await person.get(`/exports/${asked.body.id}/content`)), id: asked.body.id as string };
  };

  test('only who asked may fetch the file, administrators neither', async () => {
    const person = await app.person({ entities: { customer: all('read', 'export') } });
    const file = await take(person, { entity: 'customer', format: 'csv' });
    expect(file.status).toBe(200);
    expect(file.headers['content-disposition']).toContain('attachment');
    const { id } = file as { id: string };
    for (const path of [`/exports/${id}`, `/exports/${id}/content`])
      expect((await app.administrator.get(path)).status).toBe(404);
  });

  test('reading is not exporting; hidden fields are absent, masked ones masked, the scope holds', async () => {
    await app.administrator.create('customers', { name: '看不见有限公司', phone: '13812341234' });
    const seller = await app.person({
      entities: {
        customer: {
          actions: { read: 'all', create: 'self', export: 'self' },
          fields: { phone: 'masked', email: 'hidden' },
        },
        user: all('read'),
      },
    });
    await seller.create('customers', { name: '自己的有限公司' });
    const { body } = await take(seller, { entity: 'customer', format: 'csv' });
    expect(body).toContain('自己的有限公司');
    expect(body).not.toContain('看不见有限公司');
    expect(body).not.toContain('邮箱');
    const masked = await app.person({
      entities: { customer: { ...all('read', 'export'), fields: { phone: 'masked' } } },
    });
    expect((await take(masked, { entity: 'customer', format: 'csv' })).body).toContain('138****1234');
    const reader = await app.person({ entities: { customer: all('read') } });
    expect((await take(reader, { entity: 'customer', format: 'csv' })).body.code).toBe('export_forbidden');
    expect((await take(seller, { entity: 'customer', format: 'csv', columns: ['email'] })).status).toBe(422);
    expect(
      (
        await take(seller, {
          entity: 'customer',
          format: 'csv',
          filter: { field: 'email', op: 'eq', value: 'x' },
        })
      ).status,
    ).toBeGreaterThanOrEqual(400);
  });

  test('filter, columns, order and ids decide what is in it; the audit keeps the count', async () => {
    const me = app.administrator;
    const ids: string[] = [];
    for (const name of ['筛一有限公司', '筛二有限公司', '筛三有限公司'])
      ids.push((await me.create('customers', { name, city: '筛城' })).id);
    const filter = { field: 'city', op: 'eq', value: '筛城' };
    const { body } = await take(me, {
      entity: 'customer',
      format: 'csv',
      filter,
      columns: ['name', 'city'],
      sort: '-name',
    });
    const lines = (body as string).replace('\ufeff', '').trim().split('\r\n');
    expect(lines[0]).toBe('客户名称,城市');
    expect(lines).toHaveLength(4);
    const some = await take(me, {
      entity: 'customer',
      format: 'csv',
      ids: ids.slice(0, 2),
      columns: ['name'],
    });
    expect((some.body as string).trim().split('\r\n')).toHaveLength(3);
    const audit = await me.get('/audit?entity=customer&action=export');
    expect(JSON.stringify(audit.body.items)).toContain('2 csv');
  });
});

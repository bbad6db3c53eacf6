import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../testing/browser.ts';
import { addPerson, type Company, startCompany } from '../testing/company.ts';
import { departmentsBelow } from './tree.ts';

describe('the tree', () => {
  test.each([
    ['nothing', [], {}],
    ['a chain', ['a:', 'b:a', 'c:b'], { a: 'a b c', b: 'b c', c: 'c' }],
    ['children before parents', ['c:b', 'b:a', 'a:'], { a: 'a b c', b: 'b c', c: 'c' }],
    ['two trees', ['a:', 'b:a', 'x:', 'y:x', 'z:x'], { a: 'a b', x: 'x y z', z: 'z' }],
    ['a missing parent', ['b:gone'], { b: 'b' }],
  ])('%s', (_what, nodes: string[], expected: Record<string, string>) => {
    const tree = departmentsBelow(
      nodes.map((text) => ({ id: text.split(':')[0]!, parentId: text.split(':')[1] || null })),
    );
    for (const [id, below] of Object.entries(expected)) expect(tree.get(id)).toEqual(below.split(' '));
    expect(tree.size).toBe(nodes.length);
  });

  test('a circle ends', () => {
    const tree = departmentsBelow([
      { id: 'a', parentId: 'b' },
      { id: 'b', parentId: 'a' },
    ]);
    expect(tree.get('a')).toContain('b');
  });
});

describe('departments', () => {
  let company: Company;
  let administrator: Browser;
  let [east, hangzhou, binjiang]: string[] = [];

  beforeAll(async () => {
    company = await startCompany();
    administrator = await company.administrator();
    east = await add('华东');
    hangzhou = await add('杭州', east);
    binjiang = await add('滨江', hangzhou);
  });
  afterAll(() => company?.stop());

  async function add(name: string, parent?: string): Promise<string> {
    return (await administrator.post('/departments', { name, ...(parent ? { parent } : {}) })).body.id;
  }
  const move = (id: string, parent: string | null) =>
    administrator.patch(`/departments/${id}`, { parent }, { 'if-match': '*' });

  test.each([
    ['itself', () => east],
    ['its child', () => hangzhou],
    ['a grandchild', () => binjiang],
  ])('cannot be put below %s', async (_what, target) => {
    const answer = await move(east!, target()!);
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'parent', code: 'department_cycle' }] },
    });
  });

  test('two moves at once make no circle together', async () => {
    const [one, two] = [await add('甲'), await add('乙')];
    const answers = await Promise.all([move(one, two), move(two, one)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  test('the database itself refuses a circle, whoever writes it', async () => {
    const write = sql`update department set parent_id = ${binjiang} where id = ${east}`.execute(
      company.services.db,
    );
    await expect(write).rejects.toThrow('department_cycle');
  });

  test('names are unique within their parent', async () => {
    expect(
      (await administrator.post('/departments', { name: '滨江', parent: hangzhou })).body.errors[0],
    ).toMatchObject({ code: 'not_unique' });
    expect((await administrator.post('/departments', { name: '华东' })).status).toBe(409);
    expect((await administrator.post('/departments', { name: '滨江', parent: east })).status).toBe(201);
  });

  test('one with people or departments in it cannot be deleted', async () => {
    const id = await add('临时');
    await addPerson(company, { name: '客人', username: 'keren', department: id }, 'Bamboo*Rain-47');
    expect((await administrator.delete(`/departments/${id}`)).body.code).toBe('department_not_empty');
    expect((await administrator.delete(`/departments/${hangzhou}`)).body.code).toBe('department_not_empty');
    expect((await administrator.delete(`/departments/${binjiang}`)).status).toBe(204);
  });

  test('everyone may read the directory, only administrators change it', async () => {
    await addPerson(company, { name: '读者', username: 'duzhe', role: 'reader' }, 'Bamboo*Rain-47');
    const reader = company.browser();
    await reader.signIn('duzhe', 'Bamboo*Rain-47');
    expect((await reader.get(`/departments/${hangzhou}`)).body.name).toBe('杭州');
    expect((await reader.post('/departments', { name: '新' })).status).toBe(403);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;
let east: string;
let seller: Person;
let pool: Record<string, unknown>;

const SALES = {
  entities: { customer: { actions: { read: 'self', create: 'self', update: 'self' } } },
} as const;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  east = await house.department('华东');
  seller = await house.person(SALES, { department: east });
  pool = await newPool({ claimLimit: 5, dailyClaimLimit: 5 });
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => house.stop());

let count = 0;
const newPool = (more: object = {}) =>
  admin.create('pools', { name: `公海${++count}`, parent: east, memberDepartments: [east], ...more });
const inPool = async (into = pool) =>
  (await admin.create('customers', { name: `客户${++count}`, department: (into.unit as { id: string }).id }))
    .id;
const undo = (who: Person, ...ids: string[]) => who.post('/customers/undo-move', { ids });
const where = async (id: string) => {
  const { owner, pool: held } = (await admin.get(`/customers/${id}`)).body;
  return { owner: owner?.id ?? null, pool: held?.id ?? null };
};
const moves = async (id: string) => (await admin.get(`/customers/${id}/moves`)).body;

describe('what one has just done is taken back', () => {
  test('a claim: the customer waits again, one’s place is free, and the claim counts for the day', async () => {
    const few = await newPool({ claimLimit: 1, dailyClaimLimit: 2 });
    const [one, two, three] = [await inPool(few), await inPool(few), await inPool(few)];
    const claim = (id: string) => seller.post('/customers/claim', { ids: [id] });
    expect((await claim(one)).body).toMatchObject({ done: [one], changed: [one] });
    expect((await claim(two)).body.code).toBe('pool_claim_limit');
    expect((await undo(seller, one)).body).toMatchObject({ done: [one], refused: [] });
    expect(await where(one)).toEqual({ owner: null, pool: few.id });
    expect((await moves(one)).items.map(({ kind }: { kind: string }) => kind)).toEqual([
      'undo',
      'claim',
      'create',
    ]);
    expect((await claim(two)).status).toBe(200);
    await undo(seller, two);
    expect((await claim(three)).body.code).toBe('pool_daily_limit');
  });

  test('a release: owner, department and protection are as they were', async () => {
    const id = await inPool();
    await seller.post('/customers/claim', { ids: [id] });
    const before = await moves(id);
    expect(before.protectedUntil).not.toBeNull();
    await seller.post('/customers/release', { ids: [id], reason: '不合适' });
    expect(await where(id)).toEqual({ owner: null, pool: pool.id });
    expect((await undo(seller, id)).status).toBe(200);
    expect(await where(id)).toEqual({ owner: seller.id, pool: null });
    expect((await moves(id)).protectedUntil).toBe(before.protectedUntil);
  });

  test('an assignment, of many at once', async () => {
    const ids = [await inPool(), await inPool()];
    await admin.post('/customers/assign', { ids, owner: seller.id });
    expect((await undo(admin, ...ids)).body.done).toHaveLength(2);
    for (const id of ids) expect(await where(id)).toEqual({ owner: null, pool: pool.id });
  });
});

describe('is not taken back', () => {
  test.each<[string, (id: string) => Promise<Person>, string]>([
    ['by somebody else', async () => admin, 'pool_moved_since'],
    [
      'once it has gone on',
      async (id) => {
        await admin.patch(`/customers/${id}`, { owner: admin.id });
        return seller;
      },
      'pool_moved_since',
    ],
    [
      'after ten minutes',
      async () => {
        const late = Temporal.Now.instant().add({ minutes: 11 });
        vi.spyOn(Temporal.Now, 'instant').mockReturnValue(late);
        return seller;
      },
      'pool_undo_late',
    ],
  ])('%s', async (_what, meanwhile, code) => {
    const id = await inPool();
    await seller.post('/customers/claim', { ids: [id] });
    const who = await meanwhile(id);
    expect((await undo(who, id)).body.code).toBe(code);
    vi.restoreAllMocks();
    await admin.patch(`/customers/${id}`, { owner: admin.id });
  });

  test('twice', async () => {
    const id = await inPool();
    await admin.post('/customers/assign', { ids: [id], owner: seller.id });
    await undo(admin, id);
    expect((await undo(admin, id)).body.code).toBe('pool_moved_since');
  });
});

test('of customers that became one the history shows both, and after the merge is taken back each its own', async () => {
  const [kept, gone] = [await inPool(), await inPool()];
  for (const id of [kept, gone]) await admin.post('/customers/assign', { ids: [id], owner: seller.id });
  const { name } = (await admin.get(`/customers/${gone}`)).body;
  const { body } = await admin.post('/customers/merge', { ids: [kept, gone], into: kept });
  const parts = (await moves(kept)).items.map(({ part }: { part: string | null }) => part);
  expect(parts).toHaveLength(4);
  expect(parts.filter((part: string | null) => part === name)).toHaveLength(2);
  await admin.post(`/merges/${body.mergeId}/undo`);
  for (const id of [kept, gone])
    expect((await moves(id)).items.map(({ part }: { part: string | null }) => part)).toEqual([null, null]);
});

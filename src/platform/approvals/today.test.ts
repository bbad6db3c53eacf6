import { afterAll, beforeAll, expect, test } from 'vitest';
import { recording } from '../testing/statements.ts';
import { readToday } from '../today/read.ts';
import { type ApprovalHouse, startApprovals, step, submit, useFlow } from './testing/company.ts';
import { approvalsToday } from './today.ts';

let house: ApprovalHouse;
beforeAll(async () => {
  house = await startApprovals();
  await useFlow(house, [step('主管', [house.ann])]);
});
afterAll(() => house?.stop());

const linesOf = async (who: ApprovalHouse['ann']) =>
  (await who.get('/today')).body.items.filter((item: { kind: string }) => item.kind === 'approval');

test('what waits for one’s decision stands in the day, and leads to where it is decided', async () => {
  const { id } = await submit(house);
  const [line] = await linesOf(house.ann);
  expect(line).toMatchObject({
    key: `approval:${id}`,
    label: '审批',
    why: expect.stringMatching(/^小周 · 主管 · SP-/),
    action: { label: '去审批', open: `/approvals/${id}` },
  });
  expect(line.title).toContain(line.strong);
  expect(await linesOf(house.starter)).toEqual([]);
  await house.ann.post(`/approvals/${id}/approve`, {});
  expect(await linesOf(house.ann)).toEqual([]);
});

test('many cost as many statements as one', async () => {
  const read = async () => {
    const { ctx, statements } = recording(await house.contextOf(house.ann), house.services.pool);
    const { items } = await readToday(ctx, [approvalsToday], false);
    return [items.length, statements.length];
  };
  await submit(house);
  const [one, few] = await read();
  for (let at = 0; at < 4; at += 1) await submit(house);
  expect(await read()).toEqual([5, few]);
  expect(one).toBe(1);
});

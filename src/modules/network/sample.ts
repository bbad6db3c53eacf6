import type { Context } from '../../platform/context/context.ts';
import { chance } from '../../platform/sample/random.ts';
import { type SampleCompany, sampleRecords } from '../../platform/sample/sample.ts';

/** Teams of key accounts, and who knows whom there. */
export async function fillNetwork(ctx: Context, { customers, people }: SampleCompany): Promise<void> {
  const random = chance(20_260_403);
  const service = people.客户服务部 ?? [];
  const chief = people.销售中心?.[0];
  const files = customers.filter(({ contacts }) => contacts.length > 1).slice(0, 24);
  await sampleRecords(
    ctx,
    'teamMember',
    files.flatMap((file) => [
      { customer: file.id, user: random.pick(service), role: 'service', access: 'write' },
      ...(chief && chief !== file.owner ? [{ customer: file.id, user: chief, role: 'executive' }] : []),
    ]),
  );
  await sampleRecords(
    ctx,
    'tie',
    files.map(({ contacts: [first, second] }) => ({
      from: first?.id,
      to: second?.id,
      kind: random.pick(['superior', 'classmate', 'formerColleague', 'friend']),
      strength: 2 + random.below(4),
    })),
  );
  await sampleRecords(
    ctx,
    'acquaintance',
    files.map((file) => ({
      contact: file.contacts[0]?.id,
      user: file.owner,
      strength: 2 + random.below(4),
      how: random.pick(['work', 'classmate', 'hometown']),
    })),
  );
}

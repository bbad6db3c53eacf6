import { type Person, startTestApp, type TestApp } from '../../testing/app.ts';

const CITIES = ['杭州', '杭州市', '苏州', '宁波市', null];
const INDUSTRIES = ['trade', 'software', null];
const AMOUNTS = ['100', '250.55', '999.99', '1000', '4821', null];

/** A small company with business of all sorts, in which nothing is even. */
export async function companyWithBusiness(): Promise<{
  house: TestApp;
  seller: Person;
  manager: Person;
  blind: Person;
}> {
  const house = await startTestApp();
  const { administrator } = house;
  const east = await house.department('华东');
  const west = await house.department('华西');
  const records = ['customer', 'contact', 'opportunity'];
  const open = {
    pipeline: { actions: { read: 'all' } },
    stage: { actions: { read: 'all' } },
    product: { actions: { read: 'all' } },
  } as const;
  const within = (read: 'self' | 'department' | 'all') =>
    Object.fromEntries(records.map((name) => [name, { actions: { read, create: read, update: read } }]));
  const seller = await house.person(
    { entities: { ...within('self'), ...open } },
    { name: '赵磊', department: east },
  );
  const manager = await house.person(
    { entities: { ...within('department'), ...open } },
    { name: '周主管', department: east },
  );
  const blind = await house.person(
    {
      entities: {
        ...within('all'),
        ...open,
        customer: { actions: { read: 'all' }, fields: { city: 'hidden', industry: 'masked' } },
        opportunity: { actions: { read: 'all' }, fields: { amount: 'hidden' } },
      },
    },
    { name: '孙蒙', department: west },
  );
  const owners = [seller.id, manager.id, blind.id, administrator.id];
  const products: string[] = [];
  for (const name of ['标准件', '专用件', '服务'])
    products.push((await administrator.create('products', { name })).id);
  const customers: string[] = [];
  for (let n = 0; n < 24; n++)
    customers.push(
      (
        await administrator.create('customers', {
          name: `客户${n}`,
          city: CITIES[n % 5],
          industry: INDUSTRIES[n % 3],
          employees: n % 4 ? n * 10 : null,
          owner: owners[n % 4],
        })
      ).id,
    );
  const stages = (await administrator.get('/stages?sort=position')).body.items;
  for (let n = 0; n < 90; n++) {
    const amount = AMOUNTS[(n * 7) % 6];
    await administrator.create('opportunities', {
      name: `生意${n}`,
      ...(n % 7 ? { customer: customers[n % 24] } : { owner: owners[n % 4] }),
      stage: stages[n % 6].id,
      amount: amount ? { amount, currency: n % 11 ? 'CNY' : 'USD' } : null,
      startedOn: `2025-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 27) + 1).padStart(2, '0')}`,
      closeDate: n % 5 ? `2026-${String((n % 10) + 1).padStart(2, '0')}-15` : null,
      products: products.filter((_, at) => (n >> at) & 1),
      nextStep: '再谈',
      nextStepDate: '2026-12-01',
      reason: 'price',
      exception: '试用',
    });
  }
  await administrator.post(`/customers/${customers[3]}/share`, { user: seller.id, access: 'read' });
  return { house, seller, manager, blind };
}

import { sql } from 'kysely';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

interface Made {
  id: string;
  [field: string]: unknown;
}

export interface Side {
  id: string;
  unit: string;
  /** As a customer of the house. */
  customer: string;
  people: Person[];
}

export interface ChannelHouse extends TestApp {
  /** Who looks after the partners: a manager in a department of the house. */
  manager: Person;
  /** A partner with so many people of its own. */
  partner(name: string, people?: number, more?: object): Promise<Side>;
  /** A customer of a partner, with one of its people as the owner. */
  theirs(side: Side, name: string, more?: object): Promise<Made>;
}

const activate = (house: TestApp, id: string) =>
  sql`update "user" set status = 'active' where id = ${id}`.execute(house.services.db);

/** A house with partners; its people have the rights of the first roles. */
export async function startChannel(): Promise<ChannelHouse> {
  const house = await startTestApp();
  const admin = house.administrator;
  const department = await house.department('渠道部');
  const { body: roles } = await admin.get('/roles');
  const role = roles.items.find(({ code }: { code: string }) => code === 'manager');
  const account = await admin.create('users', { name: '顾渠', department, roles: [role.id] });
  await activate(house, account.id);
  const manager = await house.keyFor(account.id);
  let serial = 0;
  return {
    ...house,
    manager,
    async partner(name, count = 1, more = {}) {
      const customer = await manager.create('customers', { name: `${name}（伙伴）` });
      const made = await manager.create('partners', { name, customer: customer.id, ...more });
      const people: Person[] = [];
      for (let at = 0; at < count; at += 1) {
        serial += 1;
        const { status, body } = await manager.post(`/partners/${made.id}/invitePartnerPerson`, {
          name: `伙伴员${serial}`,
          username: `hb${serial}`,
        });
        if (status !== 200) throw new Error(JSON.stringify(body));
        await activate(house, body.id);
        people.push(await house.keyFor(body.id));
      }
      const unit = (made.unit as { id: string }).id;
      return { id: made.id, unit, customer: customer.id, people };
    },
    theirs: (side, name, more = {}) =>
      manager.create('customers', { name, owner: side.people[0]?.id, department: side.unit, ...more }),
  };
}

import { beforeAll, describe } from 'vitest';
import type { TestApp } from './app.ts';
import { lifeTests } from './entities/life.ts';
import { recordTests } from './entities/record.ts';
import { rightsTests } from './entities/rights.ts';
import type { Subject, Ways } from './entities/samples.ts';

/**
 * The tests a record type has by being declared: life, versions, bad input, rights over records and fields, audit, words,
 * lists and the API's document, all through HTTP.
 * @param ways what the record type needs beyond the kinds of its fields
 */
export function entitySuite(name: string, house: () => TestApp, ways: Ways = {}): void {
  describe(name, () => {
    let subject: Subject;
    beforeAll(() => {
      const entity = house().services.registry().byName.get(name);
      if (!entity) throw new Error(`${name} is not declared`);
      subject = { house: house(), entity, ways };
    });
    lifeTests(() => subject);
    recordTests(() => subject);
    rightsTests(() => subject);
  });
}

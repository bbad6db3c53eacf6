import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Services } from '../../../platform/context/services.ts';
import { createDb, createPool } from '../../../platform/db/connection.ts';
import { defineEntity } from '../../../platform/entity/define.ts';
import { buildRegistry } from '../../../platform/entity/registry.ts';
import { recordRoutes } from '../../../platform/entity/routes.ts';
import type { EntitySpec } from '../../../platform/entity/types.ts';
import { createServer } from '../../../platform/http/server.ts';
import { loadTranslations } from '../../../platform/i18n/translations.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { createPolicyInputs } from '../access/policy-input.ts';
import { createRequestAuthentication } from '../access/request.ts';
import { organisation } from '../module.ts';
import { type AccountServices, accountServices, type SendMail } from '../services.ts';
import { createSettingsReader } from '../settings/settings.ts';
import { setupCompany } from '../setup/setup.ts';
import { directory } from '../user/directory.ts';
import { Browser } from './browser.ts';

const PLATFORM_TEXTS = new URL('../../../platform/i18n/texts/', import.meta.url);
export const ADMINISTRATOR = { email: 'lin@yunhe.example', password: 'Quiet-River-88', name: '林静' };

export interface Company {
  services: AccountServices;
  app: FastifyInstance;
  pool: pg.Pool;
  /** A browser at an address of its own, so that limits per address do not meet across tests. */
  browser(): Browser;
  /** A browser in which the administrator is signed in. */
  administrator(): Promise<Browser>;
  /** Texts of all statements sent so far; empty it before counting. */
  statements: string[];
  stop(): Promise<void>;
}

interface CompanyOptions {
  setUp?: boolean;
  entities?: readonly EntitySpec[];
  sendMail?: SendMail;
}

/** What a person of the house refers to in another module; these tests leave it empty. */
const productCategory = defineEntity({
  name: 'productCategory',
  plural: 'product-categories',
  module: 'products',
  title: 'name',
  scope: { kind: 'open' },
  fields: { name: { kind: 'text', required: true } },
});

/** A server with accounts on a database of its own; by default the company is set up with one administrator. */
export async function startCompany({
  setUp = true,
  entities = [],
  sendMail,
}: CompanyOptions = {}): Promise<Company> {
  const database = await createTestDatabase();
  const pool = createPool(database.url, { max: 6 });
  const statements = recordStatements(pool);
  const db = createDb(pool);
  const words = loadTranslations([PLATFORM_TEXTS, organisation.translations]);
  const registry = buildRegistry([...organisation.entities, productCategory, ...entities], words);
  const settings = createSettingsReader(db);
  const base: Services = {
    db,
    pool,
    directUrl: database.url,
    dataDir: '/nowhere',
    baseUrl: 'http://localhost',
    secret: 'an-installation-secret-of-the-tests-0123456789',
    behaviours: organisation.behaviours,
    ownership: { keeps: [], wins: [], openWork: [], otherWork: [] },
    filterTerms: new Map(),
    measures: new Map(),
    costs: [],
    reportFigures: [],
    achievements: [],
    shippedReports: [],
    papers: [],
    notificationKinds: new Map(),
    approvals: { subjects: new Map(), directory },
    registry: () => registry,
    reloadRegistry: async () => {},
    policyInput: createPolicyInputs(db),
    settings: settings.read,
    forgetSettings: settings.forget,
    wakeSubscribers: () => {},
    log: { info() {}, warn() {}, error: (data, message) => console.error(message, data) },
  };
  const services = accountServices(base, sendMail ?? (async () => false));
  const app = await createServer({
    services,
    routes: [...organisation.routes(services), ...recordRoutes(organisation.commands(services))],
    authenticate: createRequestAuthentication(services).authenticate,
  });
  if (setUp) await setupCompany(services, { company: '云鹤', ...ADMINISTRATOR });
  let address = 0;
  const browser = () => new Browser(app, `10.0.${address++ >> 8}.${address & 255}`);
  return {
    services,
    app,
    pool,
    browser,
    statements,
    administrator: async () => {
      const one = browser();
      await one.signIn(ADMINISTRATOR.email, ADMINISTRATOR.password);
      return one;
    },
    stop: async () => {
      await app.close();
      await pool.end();
      await database.drop();
    },
  };
}

function recordStatements(pool: pg.Pool): string[] {
  const statements: string[] = [];
  pool.on('connect', (client) => {
    const query = client.query.bind(client);
    client.query = ((...args: Parameters<typeof query>) => {
      const [first] = args as unknown as [string | { text?: string }];
      statements.push(typeof first === 'string' ? first : (first?.text ?? ''));
      return query(...args);
    }) as typeof client.query;
  });
  return statements;
}

export interface NewPerson {
  name: string;
  email?: string;
  phone?: string;
  username?: string;
  /** Code of a first role. */
  role?: string;
  department?: string;
}

const administrators = new WeakMap<Company, Promise<Browser>>();

/** Adds a person through the API and lets him accept an invitation with this password. Returns his id. */
export async function addPerson(company: Company, person: NewPerson, password: string): Promise<string> {
  administrators.set(company, administrators.get(company) ?? company.administrator());
  const administrator = await administrators.get(company)!;
  const { role, ...fields } = person;
  const roles = role ? [await roleId(company, role)] : [];
  const created = await administrator.post('/users', { ...fields, roles });
  if (created.status !== 201) throw new Error(JSON.stringify(created.body));
  const invited = await administrator.post(`/users/${created.body.id}/invite`);
  const accepted = await company.browser().post(`/invitations/${tokenOf(invited.body.link)}`, { password });
  if (accepted.body.state !== 'signedIn') throw new Error(JSON.stringify(accepted.body));
  return created.body.id;
}

export const tokenOf = (link: string) => link.split('/').at(-1)!;

export async function roleId({ services }: Company, code: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from role where code = ${code}`.execute(services.db);
  return rows[0]!.id;
}

/** What the audit says of a person, oldest first. */
export async function auditActions({ services }: Company, recordId: string): Promise<string[]> {
  const { rows } = await sql<{ action: string }>`
    select action from audit_entry where record_id = ${recordId} order by id`.execute(services.db);
  return rows.map(({ action }) => action);
}

import { existsSync, readdirSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { activities } from './modules/activities/module.ts';
import { analysis } from './modules/analysis/module.ts';
import { calendar } from './modules/calendar/module.ts';
import { care } from './modules/care/module.ts';
import { channel } from './modules/channel/module.ts';
import { commission } from './modules/commission/module.ts';
import { customers } from './modules/customers/module.ts';
import { documents } from './modules/documents/module.ts';
import { forecast } from './modules/forecast/module.ts';
import { forms } from './modules/forms/module.ts';
import { grades } from './modules/grades/module.ts';
import { handover } from './modules/handover/module.ts';
import { leads } from './modules/leads/module.ts';
import { legal } from './modules/legal/module.ts';
import { lifecycle } from './modules/lifecycle/module.ts';
import { network } from './modules/network/module.ts';
import { orders } from './modules/orders/module.ts';
import { organisation } from './modules/organisation/module.ts';
import {
  type AccountServices,
  accountServices,
  createPolicyInputs,
  createRequestAuthentication,
  createSettingsReader,
  directory,
  personContext,
} from './modules/organisation/public.ts';
import { papers } from './modules/papers/module.ts';
import { performance as performanceModule } from './modules/performance/module.ts';
import { plans } from './modules/plans/module.ts';
import { pools } from './modules/pools/module.ts';
import { products } from './modules/products/module.ts';
import { quotes } from './modules/quotes/module.ts';
import { receivables } from './modules/receivables/module.ts';
import { reports } from './modules/reports/module.ts';
import { sales } from './modules/sales/module.ts';
import { sampleModule } from './modules/sample/module.ts';
import { segments } from './modules/segments/module.ts';
import { sequences } from './modules/sequences/module.ts';
import { surveys } from './modules/surveys/module.ts';
import { trials } from './modules/trials/module.ts';
import { value } from './modules/value/module.ts';
import { work } from './modules/work/module.ts';
import { agendaRoutes } from './platform/agenda/routes.ts';
import { approvalJobs } from './platform/approvals/due.ts';
import { flowUses } from './platform/approvals/flows.ts';
import { approvalWork } from './platform/approvals/handover.ts';
import { approvalPaper } from './platform/approvals/paper.ts';
import { approvalRoutes } from './platform/approvals/routes.ts';
import { approvalNotifications } from './platform/approvals/settle.ts';
import { subjectsOf } from './platform/approvals/subject.ts';
import { approvalsToday } from './platform/approvals/today.ts';
import { auditRoutes } from './platform/audit/routes.ts';
import { followChanges } from './platform/comments/changes.ts';
import { commentKinds } from './platform/comments/kinds.ts';
import { commentRoutes } from './platform/comments/routes.ts';
import { contextFor, type Services } from './platform/context/services.ts';
import { costSourcesOf } from './platform/costs/cost.ts';
import { prepareJob } from './platform/customisation/prepare.ts';
import { livingRegistry } from './platform/customisation/registry.ts';
import { customisationRoutes } from './platform/customisation/routes.ts';
import { watchRegistry } from './platform/customisation/watch.ts';
import { createDb, createPool } from './platform/db/connection.ts';
import type { MigrationSource } from './platform/db/migrate.ts';
import { dropOldEvents, preparePartitions } from './platform/db/partitions.ts';
import { duplicateNotifications } from './platform/duplicates/request.ts';
import { cleanDuplicates, duplicateRoutes } from './platform/duplicates/routes.ts';
import { duplicateJobs, duplicateSubscriber } from './platform/duplicates/scan.ts';
import { joinedBehaviours } from './platform/entity/behaviour.ts';
import { lookupRoutes } from './platform/entity/lookup-routes.ts';
import { metaRoutes } from './platform/entity/meta-route.ts';
import { buildRegistry, type Registry } from './platform/entity/registry.ts';
import { recordRoutes } from './platform/entity/routes.ts';
import type { EntitySpec } from './platform/entity/types.ts';
import { startSubscribers } from './platform/events/run.ts';
import type { Subscriber } from './platform/events/subscriber.ts';
import { createWaker } from './platform/events/waker.ts';
import { exportApproval } from './platform/exports/approval.ts';
import { exportJobs } from './platform/exports/jobs.ts';
import { exportRoutes } from './platform/exports/routes.ts';
import { cleanExports } from './platform/exports/store.ts';
import { withFacts } from './platform/facts/fact.ts';
import { factJobs, factSubscribers } from './platform/facts/run.ts';
import { attachmentBehaviour } from './platform/files/behaviour.ts';
import { cleanFiles } from './platform/files/clean.ts';
import { attachment } from './platform/files/entity.ts';
import { fileRoutes } from './platform/files/routes.ts';
import { healthRoutes } from './platform/health/routes.ts';
import { openApiDocument, openApiRoute } from './platform/http/openapi.ts';
import type { Route } from './platform/http/route.ts';
import { createServer } from './platform/http/server.ts';
import { loadTranslations } from './platform/i18n/translations.ts';
import { cleanImports } from './platform/imports/clean.ts';
import { importJobs } from './platform/imports/jobs.ts';
import { importRoutes } from './platform/imports/routes.ts';
import { cleaningJob } from './platform/jobs/cleaning.ts';
import { jobRoutes } from './platform/jobs/routes.ts';
import { startJobs } from './platform/jobs/worker.ts';
import { createLog } from './platform/log/log.ts';
import { queueMail } from './platform/mail/queue.ts';
import { mailRoutes } from './platform/mail/routes.ts';
import { mailJobs } from './platform/mail/send.ts';
import { commandLater } from './platform/mass/command.ts';
import { massJobs } from './platform/mass/jobs.ts';
import { massRoutes } from './platform/mass/routes.ts';
import { measuresOf } from './platform/measures/measure.ts';
import { cleanMerges } from './platform/merge/clean.ts';
import { mergeRoutes } from './platform/merge/routes.ts';
import type { Module } from './platform/module.ts';
import { kindsOf } from './platform/notifications/kind.ts';
import { notificationJobs, notificationMails } from './platform/notifications/mail.ts';
import { cleanNotifications } from './platform/notifications/mark.ts';
import { notificationRoutes } from './platform/notifications/routes.ts';
import { placeRoutes } from './platform/place/routes.ts';
import { exchangeRate } from './platform/rates/entity.ts';
import { exchangeRateBehaviour, fillJob } from './platform/rates/fill.ts';
import { LiveHub } from './platform/realtime/hub.ts';
import { liveRoutes } from './platform/realtime/routes.ts';
import { searchRoutes } from './platform/search/routes.ts';
import { sharingRoutes } from './platform/sharing/routes.ts';
import { calendarRoutes } from './platform/time/routes.ts';
import { timelineRoutes } from './platform/timeline/routes.ts';
import { todayRoutes } from './platform/today/routes.ts';
import { viewRoutes } from './platform/views/routes.ts';

const capabilities: readonly Module<AccountServices>[] = [
  organisation,
  customers,
  activities,
  products,
  sales,
  leads,
  documents,
  quotes,
  legal,
  orders,
  receivables,
  channel,
  plans,
  commission,
  performanceModule,
  reports,
  analysis,
  forecast,
  papers,
  calendar,
  segments,
  pools,
  handover,
  forms,
  grades,
  lifecycle,
  network,
  work,
  care,
  value,
  sequences,
  surveys,
  trials,
];

/** What the modules add to the sample company, in their order. */
const sampleFillers = capabilities.flatMap((module) => module.sample ?? []);

const modules: readonly Module<AccountServices>[] = [...capabilities, sampleModule(sampleFillers)];

/** Folders of this name in every room of the platform that has one. */
const roomFolders = (folder: string): { name: string; folder: URL }[] =>
  readdirSync(new URL('./platform/', import.meta.url))
    .sort()
    .map((name) => ({ name, folder: new URL(`./platform/${name}/${folder}/`, import.meta.url) }))
    .filter((each) => existsSync(each.folder));

export const migrationSources: MigrationSource[] = [
  { name: 'platform', folder: new URL('./platform/migrations/', import.meta.url) },
  ...roomFolders('migrations'),
  ...modules.map(({ name, migrations }) => ({ name, folder: migrations })),
];

const translationFolders = [
  new URL('./platform/i18n/texts/', import.meta.url),
  ...roomFolders('i18n')
    .map(({ folder }) => folder)
    .filter((folder) => existsSync(new URL('zh.json', folder))),
  ...modules.map(({ translations }) => translations),
];

const facts = modules.flatMap((module) => [...(module.facts ?? [])]);
const entities: EntitySpec[] = withFacts(
  [...modules.flatMap((module) => [...module.entities]), attachment, exchangeRate],
  facts,
);
const translations = () => loadTranslations(translationFolders);

/** All words and declared record types; without a database, for tools and tests. */
export function declaredRegistry(): Registry {
  return buildRegistry(entities, translations());
}

export interface AppSettings {
  url: string;
  directUrl: string;
  dataDir: string;
  baseUrl: string;
  secret: string;
}

export interface App {
  services: Services;
  routes: readonly Route[];
  /** The HTTP server, not yet listening. */
  server(): Promise<FastifyInstance>;
  accounts: AccountServices;
  /** What follows changes; runs in the background, or step by step in tests. */
  subscribers: readonly Subscriber[];
  /** Jobs, event subscribers and live updates. */
  startBackground(): Promise<void>;
  stopBackground(): Promise<void>;
  close(): Promise<void>;
}

/** Composes platform and modules over a migrated database. */
export function createApp(settings: AppSettings): App {
  const pool = createPool(settings.url);
  const db = createDb(pool);
  const living = livingRegistry(db, entities, translations());
  const settingsReader = createSettingsReader(db);
  const services: Services = {
    ...settings,
    db,
    pool,
    behaviours: joinedBehaviours([
      ...modules.flatMap((module) => [...(module.behaviours ?? [])]),
      ['attachment', attachmentBehaviour],
      ['exchangeRate', exchangeRateBehaviour],
    ]),
    notificationKinds: kindsOf([
      ...commentKinds,
      ...duplicateNotifications,
      ...approvalNotifications,
      ...modules.flatMap((module) => [...(module.notifications ?? [])]),
    ]),
    approvals: {
      subjects: subjectsOf([exportApproval, ...modules.flatMap((module) => [...(module.approvals ?? [])])]),
      directory,
    },
    measures: measuresOf(modules.flatMap((module) => [...(module.measures ?? [])])),
    costs: costSourcesOf(modules.flatMap((module) => [...(module.costs ?? [])])),
    reportFigures: modules.flatMap((module) => [...(module.reportFigures ?? [])]),
    achievements: modules.flatMap((module) => [...(module.achievements ?? [])]),
    shippedReports: modules
      .flatMap((module) => [...(module.shippedReports ?? [])])
      .toSorted((a, b) => a.order - b.order),
    papers: [...modules.flatMap((module) => [...(module.papers ?? [])]), approvalPaper],
    ownership: {
      keeps: modules.flatMap((module) => [...(module.keeps ?? [])]),
      wins: modules.flatMap((module) => [...(module.wins ?? [])]),
      openWork: modules.flatMap((module) => [...(module.handover ?? [])]),
      otherWork: approvalWork,
    },
    filterTerms: new Map(modules.flatMap((module) => [...(module.filterTerms ?? [])])),
    registry: living.current,
    reloadRegistry: living.reload,
    policyInput: createPolicyInputs(db),
    settings: settingsReader.read,
    forgetSettings: settingsReader.forget,
    wakeSubscribers: createWaker(pool),
    log: createLog(),
  };
  const accounts = accountServices(services, (ctx, message) =>
    queueMail(ctx, services, { ...message, mustArrive: true }),
  );
  const authentication = createRequestAuthentication(services);
  const { authenticate } = authentication;
  const live = new LiveHub(services);
  const commands = modules.flatMap((module) => [...(module.commands?.(accounts) ?? [])]);
  const routes: Route[] = [
    ...modules.flatMap((module) => [...(module.routes?.(accounts) ?? [])]),
    ...metaRoutes(commands),
    ...searchRoutes(),
    ...placeRoutes(),
    ...calendarRoutes(),
    ...agendaRoutes(
      modules.flatMap((module) => [...(module.calendar ?? [])]),
      personContext,
    ),
    ...jobRoutes(),
    ...healthRoutes(),
    ...auditRoutes(),
    ...lookupRoutes(),
    ...sharingRoutes(),
    ...timelineRoutes(),
    ...todayRoutes([approvalsToday, ...modules.flatMap((module) => [...(module.today ?? [])])]),
    ...viewRoutes(),
    ...approvalRoutes(),
    ...notificationRoutes(),
    ...commentRoutes(personContext),
    ...mailRoutes(),
    ...fileRoutes(),
    ...importRoutes(),
    ...exportRoutes(),
    ...liveRoutes(live, authenticate),
    ...customisationRoutes(living, [flowUses, ...modules.flatMap((module) => [...(module.fieldUses ?? [])])]),
    ...massRoutes(),
    ...duplicateRoutes(),
    ...mergeRoutes(),
    ...recordRoutes(commands, commandLater),
  ];
  routes.push(openApiRoute(routes, commands));
  const jobs = [
    prepareJob(living),
    cleaningJob([
      cleanFiles,
      cleanExports,
      cleanImports,
      cleanMerges,
      cleanDuplicates,
      cleanNotifications,
      ({ db }) => preparePartitions(db),
      ({ db }) => dropOldEvents(db),
    ]),
    ...mailJobs(),
    ...notificationJobs(personContext),
    ...duplicateJobs(),
    ...importJobs(personContext),
    ...exportJobs(personContext),
    fillJob,
    ...approvalJobs(),
    ...factJobs(facts),
    ...massJobs(personContext, commands),
    ...modules.flatMap((module) => [...(module.jobs ?? [])]),
  ];
  const subscribers = [
    notificationMails,
    followChanges(personContext),
    duplicateSubscriber,
    ...factSubscribers(facts),
    ...modules.flatMap((module) => [...(module.subscribers ?? [])]),
  ];
  const background: { stop(): Promise<void> }[] = [live];
  return {
    services,
    routes,
    accounts,
    subscribers,
    startBackground: async () => {
      await live.start();
      background.push(
        await authentication.watch(),
        await watchRegistry(services),
        await startSubscribers(services, subscribers),
        await startJobs(services, jobs),
      );
    },
    stopBackground: async () => {
      await Promise.all(background.splice(0).map((each) => each.stop()));
    },
    server: async () => {
      const server = await createServer({
        services,
        routes,
        authenticate,
        afterChange: authentication.afterChange,
      });
      const declared = declaredRegistry();
      server.get('/api/openapi.json', async (request, reply) => {
        // Without a session only what every installation has: the administrator's own names are nobody else's business.
        const principal = await authenticate(request);
        const inside = principal && !(await contextFor(services, principal)).policies.outsider;
        return reply.send(openApiDocument(inside ? services.registry() : declared, routes, commands));
      });
      return server;
    },
    close: async () => {
      await pool.end();
    },
  };
}

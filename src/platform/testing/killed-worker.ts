import { z } from 'zod';
import type { Services } from '../context/services.ts';
import { createDb, createPool } from '../db/connection.ts';
import { defineJob } from '../jobs/job.ts';
import { startJobs } from '../jobs/worker.ts';
import { DEFAULT_BUSINESS_DAYS } from '../time/business-calendar.ts';

/** A process that begins a job, says so, and waits to be killed. */
const directUrl = process.argv[2] as string;
const pool = createPool(directUrl);
const services = {
  db: createDb(pool),
  pool,
  directUrl,
  settings: async () => ({
    companyName: '',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    businessDays: DEFAULT_BUSINESS_DAYS,
    yearBegins: 1,
  }),
  log: console,
} as unknown as Services;
await startJobs(services, [
  defineJob({
    name: 'test.killed',
    input: z.object({}),
    run: async () => {
      process.send?.('running');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    },
  }),
]);

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { LEAST_OUTCOMES, type Trained } from './train.ts';
import type { Example, Model, Quality } from './types.ts';

/** What is known of a model: how it stands, and how good it is. */
export interface ModelCard {
  state: Trained['state'] | 'none';
  trainedAt: string | null;
  won: number;
  lost: number;
  /** Of each outcome so many are needed. */
  needed: number;
  quality: Quality | null;
}

interface Stored extends Omit<ModelCard, 'needed'> {
  model: Model | null;
}

/** Learns on a thread of its own: the server goes on answering meanwhile. */
async function trainApart(examples: readonly Example[]): Promise<Trained> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: examples });
  try {
    const [trained] = (await once(worker, 'message')) as [Trained];
    return trained;
  } finally {
    await worker.terminate();
  }
}

/** Learns from examples in the order of time and keeps what was learnt in place of what was. */
export async function learn(
  ctx: Context,
  name: string,
  examples: readonly Example[],
): Promise<Trained['state']> {
  const trained = await trainApart(examples);
  const { state, won, lost } = trained;
  const learnt = trained.state === 'few' ? null : trained;
  await sql`insert into learned_model (name, trained_at, state, won, lost, quality, model)
    values (${name}, ${ctx.now}, ${state}, ${won}, ${lost},
      ${learnt && JSON.stringify(learnt.quality)}::jsonb, ${learnt && JSON.stringify(learnt.model)}::jsonb)
    on conflict (name) do update set trained_at = excluded.trained_at, state = excluded.state, won = excluded.won,
      lost = excluded.lost, quality = excluded.quality, model = excluded.model`.execute(ctx.db);
  return state;
}

async function stored({ db }: Pick<Context, 'db'>, name: string): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`select state, trained_at as "trainedAt", won, lost, quality, model
    from learned_model where name = ${name}`.execute(db);
  return rows[0];
}

/** The model people are shown the word of; null while there is none worth it. */
export async function modelInUse(ctx: Pick<Context, 'db'>, name: string): Promise<Model | null> {
  const found = await stored(ctx, name);
  return found?.state === 'on' ? found.model : null;
}

/** How a model stands. */
export async function modelCard(ctx: Pick<Context, 'db'>, name: string): Promise<ModelCard> {
  const found = await stored(ctx, name);
  const { state = 'none', trainedAt = null, won = 0, lost = 0, quality = null } = found ?? {};
  return { state, trainedAt, won, lost, quality, needed: LEAST_OUTCOMES };
}

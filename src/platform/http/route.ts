import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** One HTTP route: what it takes is checked and documented from the same schemas. */
export interface Route {
  method: Method;
  /** Below /api/v1, with `{name}` parameters: `/customers/{id}`. */
  path: string;
  summary: string;
  /** `open` needs no session. */
  access?: 'open' | 'user' | 'administrator';
  /** People outside the house may use it: without this a route does not exist for them, whatever their roles say. */
  outside?: boolean;
  params?: z.ZodObject;
  query?: z.ZodType;
  body?: z.ZodType;
  /** A page for people outside, not below /api/v1: nobody is signed in there, and its form comes as the body. */
  page?: boolean;
  /** Keeps the body's text as it came, `request.bodyText`: what is signed is signed as it was sent. */
  keepsText?: boolean;
  /** Largest body in bytes; default 1 MiB. */
  bodyLimit?: number;
  /**
   * Of a multipart form: takes it in before anything is decided, outside every transaction, because people's lines are slow.
   * What it gives is the handler's `body`.
   */
  receive?(call: Call): Promise<Received>;
  /** Writes in transactions of its own, with other connections or step by step, so not with the answer kept for its key. */
  apart?: boolean;
  /** Refused without `If-Match`. */
  needsVersion?: boolean;
  response?: z.ZodType;
  /** What it answers with 202 when the work is too much to wait for. */
  accepted?: z.ZodType;
  /** The answer holds a secret shown once: it is not kept for a repeated request. */
  secret?: boolean | ((params: Record<string, string>) => boolean);
  status?: number;
  tag: string;
  handle(call: Call): Promise<unknown> | unknown;
}

/** A form taken in. */
// biome-ignore lint/suspicious/noExplicitAny: the shape comes from the route's own `receive`, see `route`
export interface Received<B = any> {
  body: B;
  /** Of names, values and contents: two forms with the same one are the same request. */
  digest: string;
  /** Forgets it when nothing came of the request. */
  discard(): Promise<void>;
}

/** A checked request. */
// biome-ignore lint/suspicious/noExplicitAny: the shapes come from the route's own schemas, see `route`
export interface Call<P = any, Q = any, B = any> {
  ctx: Context;
  services: Services;
  params: P;
  query: Q;
  body: B;
  request: FastifyRequest;
  reply: FastifyReply;
}

type Shape<T> = T extends z.ZodType ? z.output<T> : unknown;

/** Declares a route so that its handler sees the types of its own schemas. */
export function route<
  P extends z.ZodObject | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  F = Shape<B>,
>(
  spec: Omit<Route, 'handle' | 'params' | 'query' | 'body' | 'receive'> & {
    params?: P;
    query?: Q;
    body?: B;
    receive?(call: Call<Shape<P>, Shape<Q>, undefined>): Promise<Received<F>>;
    handle(call: Call<Shape<P>, Shape<Q>, F>): Promise<unknown> | unknown;
  },
): Route {
  return spec as unknown as Route;
}

export const idParams = z.strictObject({ id: z.uuid() });
export const noQuery = z.strictObject({});
/** `true`/`false` as a query writes it. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
export const limitOf = (max: number) => z.coerce.number().int().min(1).max(max);

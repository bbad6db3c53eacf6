import type { Context } from '../context/context.ts';
import { problem } from '../errors/problem.ts';
import type { Entity } from './types.ts';

/** The record type of a path such as `/customers/…`. */
export function entityOfPath(ctx: Context, plural: string): Entity {
  const entity = ctx.registry.byPlural.get(plural);
  if (!entity) throw problem('unknown_route', { status: 404 });
  return entity;
}

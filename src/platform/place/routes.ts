import { type Route, route } from '../http/route.ts';
import { placeTree } from './names.ts';

/** `GET /places`: provinces, cities and districts for forms; the same for everyone and rarely changed. */
export function placeRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/places',
      outside: true,
      summary: 'Provinces, cities and districts',
      tag: 'meta',
      handle: ({ reply }) => {
        reply.header('cache-control', 'private, max-age=86400');
        return placeTree();
      },
    }),
  ];
}

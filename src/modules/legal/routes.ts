import { z } from 'zod';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import { printablePicture } from '../../platform/print/picture.ts';
import { PICTURES, picturesOf, setPicture } from './entity/picture.ts';

const tag = 'legal';

/** Seal and logo of a legal entity: as with the seal of the house, only administrators see the file and set it. */
export function legalRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/legal-entities/{id}/pictures',
      summary: 'Seal and logo of a legal entity',
      tag,
      access: 'administrator',
      params: idParams,
      handle: ({ ctx, params: { id } }) => picturesOf(ctx, id),
    }),
    route({
      method: 'PUT',
      path: '/legal-entities/{id}/pictures/{use}',
      summary: 'Set or remove the seal or the logo of a legal entity',
      tag,
      access: 'administrator',
      params: idParams.extend({ use: z.enum(PICTURES) }),
      body: z.strictObject({ image: printablePicture.nullable() }),
      status: 200,
      handle: async ({ ctx, params: { id, use }, body: { image } }) => {
        await setPicture(ctx, id, use, image);
        return picturesOf(ctx, id);
      },
    }),
  ];
}

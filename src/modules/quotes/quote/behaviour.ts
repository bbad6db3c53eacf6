import type { Behaviour } from '../../../platform/entity/behaviour.ts';
import { documentBehaviour } from '../../documents/public.ts';

/** A quote without a name is called after its number's customer; everything else of it is a document's. */
export const quoteBehaviour: Behaviour = { ...documentBehaviour };

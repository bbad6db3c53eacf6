/** 我方主体, for whoever sells, invoices or receives money in its name. */

export { letterheadOf } from './entity/letterhead.ts';
export { usualLegalEntity } from './entity/read.ts';
export { readSeal, SEAL, sealOf, sellerOfRecord, sellerPictures } from './entity/seal.ts';

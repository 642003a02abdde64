/** Place of the receipt among a practice's documents: before the registered ones, which are counted from 1. */
export const RECEIPT_ORDINAL = 0;

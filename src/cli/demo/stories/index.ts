import type { Tale } from '../tale';
import { accessRejected } from './accesso-atti';
import { cilaArchived } from './cila';
import { groundApproved, groundWithdrawn } from './occupazione-suolo';
import { drivewayApproved, drivewayPartly } from './passo-carrabile';
import { ztlApproved, ztlRejected } from './ztl';

/** Every practice of the demo, in the order in which it is told. */
export const TALES: readonly Tale[] = [
  ztlApproved,
  ztlRejected,
  drivewayApproved,
  drivewayPartly,
  accessRejected,
  groundApproved,
  groundWithdrawn,
  cilaArchived,
];

import type { Composer } from '../parts';
import type { TextKind } from '../source';
import { decision } from './decision';
import { annulment, archiving, withdrawal } from './endings';
import { integrationAnswer, integrationRequest } from './integration';
import { communication, startNotice } from './letters';
import { receipt } from './receipt';
import { observations, rejectionNotice } from './rejection';
import { request } from './request';

export { applicantName } from '../parts';

/** What each document says. */
export const COMPOSERS: Readonly<Record<TextKind, Composer>> = {
  receipt,
  request,
  startNotice,
  integrationRequest,
  integrationAnswer,
  rejectionNotice,
  observations,
  decision,
  communication,
  withdrawal,
  archiving,
  annulment,
};

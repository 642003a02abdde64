import { accessoAtti } from './accesso-atti';
import { cila } from './cila';
import type { ServiceDefinition } from './definition';
import { dirittiSegreteria } from './diritti-segreteria';
import { occupazioneSuolo } from './occupazione-suolo';
import { passoCarrabile } from './passo-carrabile';
import { permessoZtl } from './permesso-ztl';
import { segnalazione } from './segnalazione';

/** What the demo municipality offers: one service for each kind of procedure. */
export const DEMO_SERVICES: readonly ServiceDefinition[] = [
  permessoZtl,
  passoCarrabile,
  accessoAtti,
  occupazioneSuolo,
  cila,
  segnalazione,
  dirittiSegreteria,
];

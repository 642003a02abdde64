import type { Language } from '../../services/definition';
import type { Catalogue } from '../wording';
import { GERMAN } from './de';
import { ENGLISH } from './en';
import { ITALIAN } from './it';

/** Every text to the applicant, by language. */
export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { it: ITALIAN, de: GERMAN, en: ENGLISH };

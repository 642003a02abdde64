/** Languages of the interface. Italian is complete first and is what others fall back on. */
export const LANGUAGES = ['it', 'de', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

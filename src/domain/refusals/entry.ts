/** Parameters of a refusal: facts, never texts. */
export type RefusalParams = Readonly<Record<string, string | number | boolean | null>>;

/** What the catalogue knows of a refusal: HTTP class, whether repeating helps, and the Italian sentence and remedy. */
export interface RefusalEntry {
  /** HTTP status used by our APIs. */
  readonly status: number;
  readonly title: string;
  /** True when the same request may succeed later without being changed. */
  readonly retryable: boolean;
  readonly sentence: (p: RefusalParams) => string;
  readonly remedy: (p: RefusalParams) => string;
}

/** Builds an entry of the catalogue. */
export const entry = (
  status: number,
  title: string,
  sentence: string | RefusalEntry['sentence'],
  remedy: string | RefusalEntry['remedy'],
  retryable = false,
): RefusalEntry => ({
  status,
  title,
  retryable,
  sentence: typeof sentence === 'string' ? () => sentence : sentence,
  remedy: typeof remedy === 'string' ? () => remedy : remedy,
});

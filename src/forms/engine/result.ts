/** A value that breaks a rule of its question. */
export interface FormError {
  /** Path in the content; rows by their number from 0: `vehicles.1.plate`. */
  readonly path: string;
  /** Stable rule name; the sentence is made where somebody reads it (`./messages`). */
  readonly rule: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface FormResult {
  /** The whole content in normal form, without what conditions hide. Meant to be kept only when there are no errors. */
  readonly content: Record<string, unknown>;
  /** Paths of all components that are shown, with those of texts and groups. */
  readonly visible: ReadonlySet<string>;
  readonly errors: readonly FormError[];
}

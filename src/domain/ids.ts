/**
 * Branded identifiers: strings that cannot be swapped by mistake. None of them carries personal data.
 * `asId` is the one explicit door from plain strings; call it only where a value has just been validated.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** UUIDv7 of a practice; with the tenant's code it forms the workflow id. */
export type PracticeId = Branded<'PracticeId'>;
/** UUIDv7 of a tenant (ente). */
export type TenantId = Branded<'TenantId'>;
/** Short lower-case name of a tenant (`bugliano`), used in workflow ids and addresses. */
export type TenantCode = Branded<'TenantCode'>;
/** UUIDv7 of a person with an account: citizen, operator, manager. */
export type UserId = Branded<'UserId'>;
/** UUIDv7 of an office. */
export type OfficeId = Branded<'OfficeId'>;
/** UUIDv7 of a row of the inbox: a person's act or an outside event. It is also the Temporal update id. */
export type CommandId = Branded<'CommandId'>;
/** SHA-256 in lower-case hexadecimal, 64 characters. */
export type Sha256 = Branded<'Sha256'>;
/** UTC instant, ISO 8601 with milliseconds and `Z`: `2026-11-24T10:00:00.000Z`. Compares as text. */
export type Instant = Branded<'Instant'>;
/** Calendar date in Europe/Rome, `2026-11-24`. Compares as text. */
export type LegalDate = Branded<'LegalDate'>;

/** Brands a string that the caller has just validated or received from our own database. */
export function asId<T extends Branded<string>>(value: string): T {
  return value as T;
}

/** UTC instant of a `Date` or of milliseconds since the epoch. */
export function instant(value: Date | number): Instant {
  return new Date(value).toISOString() as Instant;
}

/** Milliseconds since the epoch of an instant. */
export function epochMs(at: Instant): number {
  return Date.parse(at);
}

/** The Temporal workflow id of a practice: plain text everywhere, hence only the tenant's code and a UUID. */
export function workflowIdOf(tenant: TenantCode, practice: PracticeId): string {
  return `practice/${tenant}/${practice}`;
}

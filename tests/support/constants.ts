/** Migrated and seeded once; every test file gets a copy of its own. */
export const TEMPLATE_DATABASE = 'iter_template';
export const TEST_NAMESPACE = 'iter-test';
/** A second municipality with the same people, to prove that nothing of one reaches the other. */
export const SECOND_TENANT = { code: 'vicinato', name: 'Comune di Vicinato' } as const;

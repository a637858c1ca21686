/** The version of the document that this program writes. */
export const presentVersion = 1;

/**
 * From each older version of the document to the next: `migrations[1]` takes a version 1 document to version 2.
 * Each saved version keeps a fixture in test/fixtures/plans that is never edited.
 */
export const migrations: Readonly<Record<number, (old: unknown) => unknown>> = {};

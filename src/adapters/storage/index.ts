import type { DocumentStore } from '../../activities/ports/document-store';
import { createDiskStore } from './disk-store';
import { createS3Store, type S3Settings } from './s3-store';

/** What the chooser needs to know; the configuration's `storage` part fits. */
export type StorageSettings = { readonly kind: 'disk'; readonly dir: string } | ({ readonly kind: 's3' } & S3Settings);

/** The document store that the configuration names. Nothing is touched until it is used. */
export function createStore(settings: StorageSettings): DocumentStore {
  return settings.kind === 'disk' ? createDiskStore(settings.dir) : createS3Store(settings);
}

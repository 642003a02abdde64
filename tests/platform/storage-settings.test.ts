import { loadConfig } from '../../src/platform/config';

const S3 = {
  ITER_HOME: '/srv/iter',
  ITER_STORAGE: 's3',
  ITER_S3_ENDPOINT: 'https://s3.example',
  ITER_S3_REGION: 'it-1',
  ITER_S3_BUCKET: 'documenti',
  ITER_S3_ACCESS_KEY: 'key',
  ITER_S3_SECRET_KEY: 'secret',
};

test('documents are kept on the disk, in the home folder, unless another is named', () => {
  expect(loadConfig({ ITER_HOME: '/srv/iter' }).storage).toEqual({ kind: 'disk', dir: '/srv/iter/documents' });
  const named = { ITER_HOME: '/srv/iter', ITER_STORAGE: 'disk', ITER_STORAGE_DIR: '/mnt/documents' };
  expect(loadConfig(named).storage).toEqual({ kind: 'disk', dir: '/mnt/documents' });
});

test('a bucket is described by five settings, and stands in the path unless told otherwise', () => {
  const described = {
    kind: 's3',
    endpoint: 'https://s3.example',
    region: 'it-1',
    bucket: 'documenti',
    accessKey: 'key',
    secretKey: 'secret',
  };
  expect(loadConfig(S3).storage).toEqual({ ...described, pathStyle: true });
  expect(loadConfig({ ...S3, ITER_S3_PATH_STYLE: 'false' }).storage).toEqual({ ...described, pathStyle: false });
});

test('every setting that a bucket lacks is named at once', () => {
  expect(() => loadConfig({ ITER_HOME: '/srv/iter', ITER_STORAGE: 's3', ITER_S3_REGION: 'it-1' })).toThrow(
    [
      'The configuration is not valid:',
      '  ITER_S3_ENDPOINT: must be set, because ITER_STORAGE is s3',
      '  ITER_S3_BUCKET: must be set, because ITER_STORAGE is s3',
      '  ITER_S3_ACCESS_KEY: must be set, because ITER_STORAGE is s3',
      '  ITER_S3_SECRET_KEY: must be set, because ITER_STORAGE is s3',
    ].join('\n'),
  );
});

test('what can not be a setting of a bucket is refused without repeating its secret', () => {
  const refused = (changes: object) => () => loadConfig({ ...S3, ...changes });
  expect(refused({ ITER_STORAGE: 'tape' })).toThrow(/ITER_STORAGE: /);
  expect(refused({ ITER_S3_ENDPOINT: 's3.example' })).toThrow(/ITER_S3_ENDPOINT: /);
  expect(refused({ ITER_S3_PATH_STYLE: 'yes' })).toThrow(/ITER_S3_PATH_STYLE: /);
  expect(refused({ ITER_S3_BUCKET: 'ab', ITER_S3_SECRET_KEY: 'hush-hush' })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('hush-hush') }),
  );
});

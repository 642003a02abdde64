/**
 * Practices by the million are made by the database itself: one statement each for what they are, their numbers, their
 * folders, the rows. Whatever is drawn is a digest of the practice's number and the seed, so a seed repeats it.
 */

/** Equally distributed from 0 to 1, another one for each `what` of a practice. */
export const chanceOf = (seed: number) => `
  CREATE OR REPLACE FUNCTION pg_temp.chance(i bigint, what int) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS 'SELECT (hashint8extended($1, ${Math.trunc(seed)} * 1000 + $2) & 9007199254740991)::float8 / 9007199254740992'`;

/** A UUID that follows from a name; the API knows one without version and variant as none. */
export const NAMED_ID = `
  CREATE OR REPLACE FUNCTION pg_temp.named_id(name text) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT overlay(overlay(md5($1) PLACING '8' FROM 13) PLACING '8' FROM 17)::uuid $$`;

/** What the town offers, as `seed.ts` writes it: thresholds grow to 1. */
export const MAKE_SERVICE = `
  CREATE TEMP TABLE seed_service AS
  SELECT * FROM json_to_recordset($1::json) AS s(
    n int, code text, versions int[], name text, prefix text, registered boolean, policy text, grp text,
    offices uuid[], operators uuid[], areas text[], term_days int,
    open_statuses text[], open_upto float8[], ended_statuses text[], ended_upto float8[])`;

/** $1 ids of accounts, $2 given names, $3 family names, $4 tax codes. */
export const MAKE_PEOPLE = `
  CREATE TEMP TABLE seed_person AS
  SELECT n, id, given || ' ' || family AS name, tax_code
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS p(id, given, family, tax_code, n)`;

/** $1 practices, $2 last instant, $3 years, $4 upper bounds of the services, $5 people, $6 accounts of professionals. */
export const MAKE_PRACTICES = `
  CREATE TEMP TABLE seed_practice AS
  WITH drawn AS (
    SELECT i, $2::timestamptz AS now, pg_temp.chance(i, 6) AS luck, pg_temp.chance(i, 9) AS handed,
      $2::timestamptz - make_interval(secs => $3::float8 * 31557600 * ($1 - i + pg_temp.chance(i, 0)) / $1) AS created_at,
      width_bucket(pg_temp.chance(i, 1), $4::float8[]) AS service,
      1 + floor($5 * pg_temp.chance(i, 2) ^ 1.4)::int AS person,
      CASE WHEN pg_temp.chance(i, 3) < 0.85 THEN 'citizen' WHEN pg_temp.chance(i, 3) < 0.93 THEN 'professional'
        WHEN pg_temp.chance(i, 3) < 0.95 THEN 'delegate' ELSE 'operator' END AS author_kind
    FROM generate_series(1, $1::int) AS i
  ), aged AS (
    SELECT d.*, extract(epoch FROM now - created_at)::float8 / 86400 AS days,
      now - created_at AS age,
      make_interval(secs => (1 - 30 * ln(1 - pg_temp.chance(i, 7))) * 86400) AS worked
    FROM drawn d
  ), staged AS (
    SELECT a.*, CASE WHEN pg_temp.chance(i, 4) < 0.15 * exp(-days / 100) THEN 'draft'
      WHEN pg_temp.chance(i, 4) > 0.97 THEN 'discarded'
      WHEN pg_temp.chance(i, 5) < exp(-days / 115) THEN 'open' ELSE 'ended' END AS stage
    FROM aged a
  ), stated AS (
    SELECT t.*, s.code AS service_code, s.prefix, s.policy, s.grp, s.name AS service_name, s.registered, s.term_days,
      s.offices, s.operators, s.areas,
      -- An older version until the middle of the period.
      CASE WHEN t.i > $1 * 0.45 THEN s.versions[cardinality(s.versions)] ELSE s.versions[1] END AS version,
      CASE stage WHEN 'draft' THEN 'draft' WHEN 'discarded' THEN 'expired'
        WHEN 'open' THEN s.open_statuses[1 + width_bucket(luck, s.open_upto)]
        ELSE s.ended_statuses[1 + width_bucket(luck, s.ended_upto)] END AS status
    FROM staged t JOIN seed_service s ON s.n = t.service
  )
  SELECT x.*,
    (lpad(to_hex((extract(epoch FROM created_at) * 1000)::bigint), 12, '0') || '7' || substr(md5(i || $2::text), 1, 3)
      || '8' || substr(md5(i || $2::text), 4, 15))::uuid AS id,
    stage IN ('open', 'ended') AS confirmed,
    stage IN ('open', 'ended') AND status NOT IN ('awaitingPayment', 'awaitingOutcome', 'expired') AS received,
    stage IN ('open', 'ended') AND registered AND status NOT IN
      ('awaitingPayment', 'awaitingOutcome', 'expired', 'received', 'registering', 'toAccept') AS has_number,
    CASE WHEN stage = 'ended' OR status NOT IN ('draft', 'expired', 'awaitingPayment', 'awaitingOutcome', 'submitted',
        'received', 'registering', 'registered', 'toAccept')
      -- Some gave it back.
      THEN handed > 0.06 ELSE false END AS assigned,
    CASE WHEN stage = 'ended' THEN created_at + least(age, worked)
      WHEN stage = 'discarded' THEN created_at + least(age, interval '60 days')
      ELSE created_at + least(age, worked * 2) * pg_temp.chance(i, 8) END AS changed_at,
    CASE author_kind WHEN 'professional' THEN ($6::uuid[])[1 + floor(cardinality($6) * pg_temp.chance(i, 10) ^ 2)::int]
      END AS professional
  FROM stated x`;

/** Codes by service and year, numbers by year: without gaps, in the order of arrival. */
export const MAKE_NUMBERS = `
  CREATE TEMP TABLE seed_number AS
  SELECT i,
    CASE WHEN received THEN prefix || '-' || year || '-' || lpad((row_number() OVER
      (PARTITION BY prefix, year, received ORDER BY created_at, i))::text, 6, '0') END AS code,
    CASE WHEN has_number THEN lpad((row_number() OVER
      (PARTITION BY year, has_number ORDER BY created_at, i))::text, 7, '0') || '/' || year END AS registration,
    CASE WHEN received THEN CASE policy WHEN 'perPractice' THEN 'practice:' || id
      WHEN 'perServiceYear' THEN 'service:' || service_code || ':' || year
      ELSE 'group:' || grp || ':' || coalesce(professional, p.person_id) END END AS folder
  FROM (SELECT *, extract(year FROM created_at AT TIME ZONE 'Europe/Rome')::int AS year FROM seed_practice) s
  JOIN (SELECT n, id AS person_id FROM seed_person) p ON p.n = s.person`;

/** $1 tenant. */
export const MAKE_FOLDERS = `
  INSERT INTO folder (id, tenant_id, key, label, created_at)
  SELECT pg_temp.named_id($1 || folder), $1::uuid, folder,
    CASE policy WHEN 'perPractice' THEN code
      WHEN 'perServiceYear' THEN service_name || ' ' || substr(folder, length(folder) - 3)
      ELSE grp || ' n. ' || row_number() OVER (PARTITION BY policy, grp ORDER BY created_at) || '/'
        || extract(year FROM created_at)::int END, created_at
  FROM (SELECT DISTINCT ON (folder) folder, policy, code, service_name, grp, created_at
    FROM seed_number JOIN seed_practice USING (i) WHERE folder IS NOT NULL ORDER BY folder, created_at) f`;

/** $1 tenant. Rows stand where they were last written, as in a database that lived. */
export const INSERT_PRACTICES = `
  INSERT INTO practice (id, tenant_id, service_code, service_version, applicant_id, code, status, seq, act_version,
    assignee_id, created_at, changed_at, received_at, answer_by, registration, attention, late, snapshot, salt, search,
    author_id, author_kind, beneficiary_id, office_id, priority, priority_rank, applicant_name, applicant_tax_code,
    identity, identity_level, folder_id, area, outcome, confirmed_at, registered_at, ended_at, discarded_at, language)
  SELECT x.id, $1::uuid, service_code, version, coalesce(professional, p.id), n.code, status, 9, 5,
    CASE WHEN assigned THEN operators[1 + floor(cardinality(operators) * pg_temp.chance(i, 11) ^ 1.5)::int] END,
    created_at, changed_at, CASE WHEN received THEN created_at END,
    CASE WHEN stage = 'open' AND received THEN
      (now + make_interval(days => CASE WHEN late THEN -ceil(60 * luck)::int ELSE floor(term_days * luck)::int END))::date
    END,
    n.registration, CASE WHEN pg_temp.chance(i, 13) < CASE stage WHEN 'open' THEN 0.015 WHEN 'ended' THEN 0.001 ELSE 0 END
      THEN ARRAY[(ARRAY['deliveryFailed', 'registrationUncertain', 'paymentUnmatched'])[1 + floor(3 * luck)::int]]
      ELSE ARRAY[]::text[] END,
    late,
    jsonb_build_object('clock', jsonb_build_object('deadlines', '[]'::jsonb, 'suspended', false), 'state',
      jsonb_build_object('id', x.id, 'applicant', p.id, 'status', status, 'documents', (SELECT jsonb_agg(
        jsonb_build_object('ordinal', k, 'sha256', md5(x.id::text || k) || md5(k || x.id::text), 'complete', true,
          'registration', jsonb_build_object('number', n.registration, 'register', 'REG', 'registeredAt', created_at)))
        FROM generate_series(1, 4) k), 'processed', (SELECT jsonb_agg('act:' || pg_temp.named_id(i || '/' || k))
        FROM generate_series(1, 8) k))),
    md5(i::text || 'salt'), lower(p.name || ' ' || p.tax_code), CASE author_kind WHEN 'citizen' THEN p.id ELSE
      coalesce(professional, operators[1]) END, author_kind,
    CASE WHEN professional IS NOT NULL AND confirmed AND handed < 0.5 THEN p.id END,
    CASE WHEN handed < 0.3 AND confirmed THEN offices[1 + floor(cardinality(offices) * pg_temp.chance(i, 14))::int] END,
    priority, CASE priority WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END, p.name, p.tax_code,
    CASE WHEN confirmed THEN CASE author_kind WHEN 'operator' THEN 'operator' ELSE
      (ARRAY['spid', 'spid', 'spid', 'spid', 'cie', 'local', 'unverified'])[1 + floor(7 * pg_temp.chance(i, 15))::int]
      END END, CASE WHEN confirmed THEN 2 END,
    CASE WHEN n.folder IS NOT NULL THEN pg_temp.named_id($1 || n.folder) END,
    areas[1 + floor(cardinality(areas) * pg_temp.chance(i, 16) ^ 1.5)::int],
    CASE WHEN status IN ('approved', 'partiallyApproved', 'rejected') THEN status END,
    CASE WHEN confirmed THEN created_at END, CASE WHEN has_number THEN created_at + interval '90 seconds' END,
    CASE WHEN stage IN ('ended', 'discarded') THEN changed_at END, CASE WHEN stage = 'discarded' THEN changed_at END,
    CASE WHEN pg_temp.chance(i, 17) < 0.97 THEN 'it' ELSE 'de' END
  FROM (SELECT *, CASE WHEN stage = 'open' AND received THEN pg_temp.chance(i, 12) < 0.08
      ELSE stage = 'ended' AND pg_temp.chance(i, 12) < 0.04 END AS late,
    (ARRAY['high', 'medium', 'medium', 'medium', 'medium', 'medium', 'medium', 'medium', 'medium', 'low'])
      [1 + floor(10 * pg_temp.chance(i, 18))::int] AS priority
    FROM seed_practice ORDER BY changed_at OFFSET 0) x
  JOIN LATERAL (SELECT id, name, tax_code FROM seed_person WHERE n = x.person) p ON true
  JOIN LATERAL (SELECT code, registration, folder FROM seed_number m WHERE m.i = x.i) n ON true`;

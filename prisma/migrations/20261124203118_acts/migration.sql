-- AlterTable
ALTER TABLE "register_entry" ADD COLUMN     "folder" TEXT;

-- AlterTable
ALTER TABLE "office" ADD COLUMN     "email" TEXT;

-- AlterTable
ALTER TABLE "account" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'account',
ADD COLUMN     "language" TEXT NOT NULL DEFAULT 'it',
ADD COLUMN     "notice_frequency" TEXT NOT NULL DEFAULT 'atOnce',
ADD COLUMN     "phone" TEXT;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "level" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "provider" TEXT NOT NULL DEFAULT 'local';

-- AlterTable
ALTER TABLE "practice" ADD COLUMN     "applicant_name" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "applicant_tax_code" TEXT,
ADD COLUMN     "area" TEXT,
ADD COLUMN     "author_id" UUID,
ADD COLUMN     "author_kind" TEXT NOT NULL DEFAULT 'citizen',
ADD COLUMN     "beneficiary_id" UUID,
ADD COLUMN     "confirmed_at" TIMESTAMPTZ(3),
ADD COLUMN     "discarded_at" TIMESTAMPTZ(3),
ADD COLUMN     "ended_at" TIMESTAMPTZ(3),
ADD COLUMN     "folder_id" UUID,
ADD COLUMN     "identity" TEXT,
ADD COLUMN     "identity_level" INTEGER,
ADD COLUMN     "language" TEXT NOT NULL DEFAULT 'it',
ADD COLUMN     "office_id" UUID,
ADD COLUMN     "outcome" TEXT,
ADD COLUMN     "phase" TEXT,
ADD COLUMN     "priority" TEXT NOT NULL DEFAULT 'medium',
ADD COLUMN     "priority_rank" INTEGER NOT NULL DEFAULT 2,
ADD COLUMN     "registered_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "inbox" ADD COLUMN     "facts" JSONB;

-- AlterTable
ALTER TABLE "outbox" ADD COLUMN     "noticed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "means" TEXT NOT NULL DEFAULT 'online',
ADD COLUMN     "note" TEXT,
ADD COLUMN     "phase" TEXT NOT NULL DEFAULT 'request',
ADD COLUMN     "reason" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "stamp" (
    "tenant_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "practice_id" UUID NOT NULL,
    "command_id" UUID NOT NULL,
    "phase" TEXT NOT NULL,
    "amount_cents" INTEGER NOT NULL,
    "issued_on" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stamp_pkey" PRIMARY KEY ("tenant_id","number")
);

-- CreateTable
CREATE TABLE "folder" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "folder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation_message" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "practice_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "attachments" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "idempotency_key" TEXT NOT NULL,

    CONSTRAINT "conversation_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "note" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "practice_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "attachments" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "idempotency_key" TEXT NOT NULL,

    CONSTRAINT "note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "operator_notice" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "practice_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "mailing_id" UUID,

    CONSTRAINT "operator_notice_pkey" PRIMARY KEY ("account_id","practice_id","seq")
);

-- CreateTable
CREATE TABLE "mailing" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "practice_id" UUID,
    "kind" TEXT NOT NULL,
    "recipient_name" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "server_response" TEXT,
    "raw_sha256" TEXT,
    "last_error" TEXT,

    CONSTRAINT "mailing_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "stamp_practice_id_idx" ON "stamp"("practice_id");

-- CreateIndex
CREATE UNIQUE INDEX "folder_tenant_id_key_key" ON "folder"("tenant_id", "key");

-- CreateIndex
CREATE INDEX "conversation_message_practice_id_created_at_idx" ON "conversation_message"("practice_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "conversation_message_tenant_id_author_id_idempotency_key_key" ON "conversation_message"("tenant_id", "author_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "note_practice_id_created_at_idx" ON "note"("practice_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "note_tenant_id_author_id_idempotency_key_key" ON "note"("tenant_id", "author_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "operator_notice_mailing_id_account_id_idx" ON "operator_notice"("mailing_id", "account_id");

-- CreateIndex
CREATE INDEX "mailing_status_not_before_idx" ON "mailing"("status", "not_before");

-- CreateIndex
CREATE INDEX "mailing_practice_id_idx" ON "mailing"("practice_id");

-- CreateIndex
CREATE INDEX "account_tenant_id_tax_code_idx" ON "account"("tenant_id", "tax_code");

-- CreateIndex
CREATE INDEX "practice_tenant_id_beneficiary_id_idx" ON "practice"("tenant_id", "beneficiary_id");

-- CreateIndex
CREATE INDEX "practice_tenant_id_folder_id_idx" ON "practice"("tenant_id", "folder_id");

-- CreateIndex
CREATE INDEX "practice_tenant_id_service_code_changed_at_id_idx" ON "practice"("tenant_id", "service_code", "changed_at", "id");

-- CreateIndex
CREATE INDEX "practice_tenant_id_registration_idx" ON "practice"("tenant_id", "registration");

-- CreateIndex
CREATE INDEX "practice_tenant_id_applicant_tax_code_idx" ON "practice"("tenant_id", "applicant_tax_code");

-- Beyond what the schema can say.

CREATE INDEX "outbox_unnoticed" ON "outbox" ("id") WHERE "noticed_at" IS NULL;
CREATE INDEX "operator_notice_waiting" ON "operator_notice" ("account_id") WHERE "mailing_id" IS NULL;

-- What people wrote is kept as it was written; only that it was read may be noted.
CREATE FUNCTION "keep_conversation"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'read_at') IS DISTINCT FROM (to_jsonb(OLD) - 'read_at') THEN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "conversation_message_immutable" BEFORE UPDATE OR DELETE ON "conversation_message"
  FOR EACH ROW EXECUTE FUNCTION "keep_conversation"();
CREATE TRIGGER "note_immutable" BEFORE UPDATE OR DELETE ON "note"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "stamp_immutable" BEFORE UPDATE OR DELETE ON "stamp"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- Practices of the first release: what lists show now was in their submission all the time.
UPDATE "practice" p SET
  "applicant_name" = trim(concat(a."given_name", ' ', a."family_name")),
  "applicant_tax_code" = a."tax_code"
FROM "account" a WHERE a."id" = p."applicant_id";
UPDATE "practice" p SET
  "confirmed_at" = s."confirmed_at", "identity" = s."authentication" ->> 'provider', "identity_level" = 1
FROM (SELECT DISTINCT ON ("practice_id") * FROM "submission" ORDER BY "practice_id", "ordinal" DESC) s
WHERE s."practice_id" = p."id";
UPDATE "practice" p SET "registered_at" = i."registered_at"
FROM "registration_intent" i WHERE i."practice_id" = p."id" AND i."ordinal" = 1 AND i."status" = 'registered';
UPDATE "practice" SET "ended_at" = "changed_at", "outcome" = "snapshot" -> 'state' -> 'decision' ->> 'outcome'
WHERE "status" IN ('approved', 'partiallyApproved', 'rejected', 'withdrawn', 'archived', 'annulled', 'expired');
-- Operators were told nothing of these, and need not be told now.
UPDATE "outbox" SET "noticed_at" = now();

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "office" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "office_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "given_name" TEXT NOT NULL,
    "family_name" TEXT NOT NULL,
    "tax_code" TEXT,
    "email" TEXT NOT NULL,
    "office_ids" UUID[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "failed_logins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_version" (
    "tenant_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "office_ids" UUID[],
    "definition" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "service_version_pkey" PRIMARY KEY ("tenant_id","code","version")
);

-- CreateTable
CREATE TABLE "practice" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "service_code" TEXT NOT NULL,
    "service_version" INTEGER NOT NULL,
    "applicant_id" UUID NOT NULL,
    "code" TEXT,
    "status" TEXT NOT NULL,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "act_version" INTEGER NOT NULL DEFAULT 0,
    "assignee_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3),
    "answer_by" DATE,
    "registration" TEXT,
    "attention" TEXT[],
    "late" BOOLEAN NOT NULL DEFAULT false,
    "snapshot" JSONB,
    "salt" TEXT NOT NULL,
    "search" TEXT NOT NULL DEFAULT '',
    "submit_command" UUID,

    CONSTRAINT "practice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft" (
    "practice_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "content" JSONB NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("practice_id")
);

-- CreateTable
CREATE TABLE "submission" (
    "practice_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "tenant_id" UUID NOT NULL,
    "command_id" UUID NOT NULL,
    "content" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "attachments" JSONB NOT NULL,
    "authentication" JSONB NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "submission_pkey" PRIMARY KEY ("practice_id","ordinal")
);

-- CreateTable
CREATE TABLE "inbox" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "practice_id" UUID NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "actor_key" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_role" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "body_sha256" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "act_version" INTEGER,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" JSONB,
    "outcome_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimed_until" TIMESTAMPTZ(3),
    "not_before" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "practice_event" (
    "practice_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "tenant_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "cause" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_role" TEXT,
    "data" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "practice_event_pkey" PRIMARY KEY ("practice_id","seq")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "tenant_id" UUID NOT NULL,
    "practice_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "position" BIGINT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "counter" (
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "counter_pkey" PRIMARY KEY ("tenant_id","name","year")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "practice_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "uploaded_by" UUID NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document" (
    "practice_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "document_pkey" PRIMARY KEY ("practice_id","ordinal")
);

-- CreateTable
CREATE TABLE "registration_intent" (
    "practice_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "tenant_id" UUID NOT NULL,
    "system" TEXT NOT NULL,
    "own_ref" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "outcome_at" TIMESTAMPTZ(3),
    "register" TEXT,
    "year" INTEGER,
    "number" TEXT,
    "date" DATE,
    "registered_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "error_text" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "registration_intent_pkey" PRIMARY KEY ("practice_id","ordinal")
);

-- CreateTable
CREATE TABLE "register_entry" (
    "tenant_id" UUID NOT NULL,
    "register" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "own_ref" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,
    "date" DATE NOT NULL,
    "office" TEXT NOT NULL,
    "parties" JSONB NOT NULL,
    "main" JSONB NOT NULL,
    "attachments" JSONB NOT NULL,

    CONSTRAINT "register_entry_pkey" PRIMARY KEY ("tenant_id","register","year","number")
);

-- CreateTable
CREATE TABLE "payment" (
    "practice_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "tenant_id" UUID NOT NULL,
    "gateway" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "amount_cents" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "iuv" TEXT,
    "notice_number" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "receipt_id" TEXT,
    "paid_at" TIMESTAMPTZ(3),
    "provider" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("practice_id","ordinal")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "practice_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "server_response" TEXT,
    "raw_sha256" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "operator_task" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "practice_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "operator_task_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "tenant_code_key" ON "tenant"("code");

-- CreateIndex
CREATE UNIQUE INDEX "office_tenant_id_code_key" ON "office"("tenant_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "account_tenant_id_username_key" ON "account"("tenant_id", "username");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE INDEX "practice_tenant_id_status_changed_at_id_idx" ON "practice"("tenant_id", "status", "changed_at", "id");

-- CreateIndex
CREATE INDEX "practice_tenant_id_applicant_id_changed_at_id_idx" ON "practice"("tenant_id", "applicant_id", "changed_at", "id");

-- CreateIndex
CREATE INDEX "practice_tenant_id_assignee_id_status_idx" ON "practice"("tenant_id", "assignee_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "practice_tenant_id_code_key" ON "practice"("tenant_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "submission_command_id_key" ON "submission"("command_id");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_position_key" ON "inbox"("position");

-- CreateIndex
CREATE INDEX "inbox_practice_id_position_idx" ON "inbox"("practice_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_tenant_id_actor_key_idempotency_key_key" ON "inbox"("tenant_id", "actor_key", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_position_key" ON "outbox"("position");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_practice_id_seq_key" ON "outbox"("practice_id", "seq");

-- CreateIndex
CREATE INDEX "attachment_practice_id_idx" ON "attachment"("practice_id");

-- CreateIndex
CREATE UNIQUE INDEX "registration_intent_tenant_id_system_own_ref_key" ON "registration_intent"("tenant_id", "system", "own_ref");

-- CreateIndex
CREATE UNIQUE INDEX "register_entry_tenant_id_own_ref_key" ON "register_entry"("tenant_id", "own_ref");

-- CreateIndex
CREATE UNIQUE INDEX "payment_request_id_key" ON "payment"("request_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_practice_id_seq_channel_key" ON "message"("practice_id", "seq", "channel");

-- CreateIndex
CREATE INDEX "operator_task_tenant_id_closed_at_idx" ON "operator_task"("tenant_id", "closed_at");

-- CreateIndex
CREATE UNIQUE INDEX "operator_task_practice_id_reason_opened_at_key" ON "operator_task"("practice_id", "reason", "opened_at");

-- Beyond what the schema can say.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE INDEX "practice_search_trgm" ON "practice" USING gin ("search" gin_trgm_ops);

-- The sender asks for these every few hundred milliseconds and the table only grows.
CREATE INDEX "inbox_pending" ON "inbox" ("practice_id", "position") WHERE "outcome" IS NULL;

CREATE INDEX "outbox_unpublished" ON "outbox" ("id") WHERE "position" IS NULL;

CREATE INDEX "operator_task_open" ON "operator_task" ("tenant_id", "opened_at") WHERE "closed_at" IS NULL;

-- Acts, submissions and registrations are written once (DPR 445/2000 artt. 53-54): nobody changes or deletes them,
-- whatever role they connect with.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER "practice_event_immutable" BEFORE UPDATE OR DELETE ON "practice_event"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "submission_immutable" BEFORE UPDATE OR DELETE ON "submission"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "register_entry_immutable" BEFORE UPDATE OR DELETE ON "register_entry"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "service_version_immutable" BEFORE UPDATE OR DELETE ON "service_version"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- An outcome is written once: a repetition that differs is a defect, not an update.
CREATE FUNCTION "keep_first_outcome"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."outcome" IS NOT NULL AND NEW."outcome" IS DISTINCT FROM OLD."outcome" THEN
    RAISE EXCEPTION 'command % already has an outcome', OLD."id" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "inbox_outcome_once" BEFORE UPDATE ON "inbox"
  FOR EACH ROW EXECUTE FUNCTION "keep_first_outcome"();

-- Lists over a million practices. On a large database make them beforehand with CONCURRENTLY ("Indexes of the lists" in
-- docs/operations.md): writers wait for the rest of this file. What is there already is left as it is.

-- CreateIndex
CREATE INDEX IF NOT EXISTS "practice_tenant_id_service_code_received_at_id_idx" ON "practice"("tenant_id", "service_code", "received_at", "id");

-- CreateIndex
CREATE INDEX IF NOT EXISTS "practice_tenant_id_service_code_code_id_idx" ON "practice"("tenant_id", "service_code", "code", "id");

-- Beyond what the schema can say. What is included is what rights and filters ask: without it, whatever is filtered out
-- costs a visit to a row, which is wide.

CREATE INDEX IF NOT EXISTS "practice_by_service" ON "practice" ("tenant_id", "service_code", "changed_at", "id")
  INCLUDE ("service_version", "status", "confirmed_at", "ended_at", "discarded_at", "assignee_id", "office_id", "folder_id",
    "author_kind", "identity", "priority", "late");
-- One in ten is open, and most questions are about these.
CREATE INDEX IF NOT EXISTS "practice_open" ON "practice" ("tenant_id", "service_code", "changed_at", "id")
  INCLUDE ("service_version", "status", "confirmed_at", "ended_at", "assignee_id", "office_id", "folder_id", "author_kind",
    "identity", "priority", "late")
  WHERE "ended_at" IS NULL AND "discarded_at" IS NULL;
-- Names may be longer than an index can hold.
CREATE INDEX IF NOT EXISTS "practice_open_by_applicant" ON "practice"
  ("tenant_id", "service_code", left("applicant_name", 64), "id") WHERE "ended_at" IS NULL AND "discarded_at" IS NULL;
CREATE INDEX IF NOT EXISTS "practice_by_assignee" ON "practice" ("tenant_id", "assignee_id", "changed_at", "id")
  INCLUDE ("service_code", "service_version", "status", "confirmed_at", "ended_at", "discarded_at", "priority_rank");
CREATE INDEX IF NOT EXISTS "practice_due" ON "practice" ("tenant_id", "service_code", "answer_by", "id") WHERE "answer_by" IS NOT NULL;
CREATE INDEX IF NOT EXISTS "practice_attention" ON "practice" ("tenant_id", "changed_at", "id")
  INCLUDE ("service_code", "service_version", "status", "confirmed_at", "discarded_at") WHERE "attention" <> '{}';
CREATE INDEX IF NOT EXISTS "practice_draft_by_author" ON "practice" ("tenant_id", "author_id", "changed_at", "id") WHERE "status" = 'draft';
CREATE INDEX IF NOT EXISTS "folder_label_trgm" ON "folder" USING gin ("label" gin_trgm_ops);

-- The ones above begin with the same columns, so the release before finds what it found. Last, because readers wait, too.

-- DropIndex
DROP INDEX IF EXISTS "practice_tenant_id_assignee_id_status_idx";

-- DropIndex
DROP INDEX IF EXISTS "practice_tenant_id_service_code_changed_at_id_idx";

-- CreateTable
CREATE TABLE "telling" (
    "practice_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "tenant_id" UUID NOT NULL,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "telling_pkey" PRIMARY KEY ("practice_id","seq")
);

-- CreateIndex
CREATE INDEX "telling_not_before_idx" ON "telling"("not_before");
